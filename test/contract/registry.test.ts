import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { errorCategories, errorCodes } from '../../electron/contract/errors';
import type { Operation } from '../../electron/contract/operation';
import { isOperationName, operationNames, registry } from '../../electron/contract/registry';

const operations: readonly Operation[] = Object.values(registry);
const pathParameters = (path: string): string[] => Array.from(path.matchAll(/:(\w+)/g), (match) => match[1] ?? '');

describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  it('is named plural.verb, and the registry knows it by this name', () => {
    // There is no plural of usage.
    expect(name).toMatch(/^([a-z]+([A-Z][a-z]+)*s|usage)\.[a-z]+([A-Z][a-z]+)*$/);
    expect(registry[name as keyof typeof registry]).toBe(operation);
  });

  it('says for people what it is', () => {
    expect(operation.title).toMatch(/^[A-Z][^.]{3,60}$/);
    expect(operation.summary).toMatch(/^[A-Z].*\.$/s);
  });

  it('takes every parameter of its path from a required input field', () => {
    const required = new Set(z.toJSONSchema(operation.input, { io: 'input' }).required ?? []);
    for (const parameter of pathParameters(operation.http.path)) expect(required, parameter).toContain(parameter);
  });

  it('has strict input and output: an unknown field is refused', () => {
    for (const schema of [operation.input, operation.output]) {
      const issues = schema.safeParse({ surelyNotAField: 1 }).error?.issues ?? [];
      expect(issues.map((issue) => issue.code)).toContain('unrecognized_keys');
    }
  });

  it('can be described as JSON Schema for other programs', () => {
    for (const [schema, io] of [
      [operation.input, 'input'],
      [operation.output, 'output'],
    ] as const) {
      const described = z.toJSONSchema(schema, { io, unrepresentable: 'throw' });
      expect(described).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  it('reads with GET and changes with anything else', () => {
    expect(operation.http.method === 'GET').toBe(operation.effect === 'read');
    if (operation.effect === 'read') expect(operation.idempotent).toBe(true);
    if (operation.http.method === 'GET') {
      // What a query string can carry: GET has no body.
      for (const field of Object.values(z.toJSONSchema(operation.input, { io: 'input' }).properties ?? {})) {
        expect(JSON.stringify(field)).not.toMatch(/"type":"(object|array)"/);
      }
    }
  });

  it('asks for more than reading when it changes something', () => {
    if (operation.effect === 'destroy') expect(operation.scope).toBe('admin');
    if (operation.effect !== 'read') expect(operation.scope).not.toBe('read');
  });

  it('lists error codes that exist, once, and ACCOUNT_NOT_FOUND when it names an account', () => {
    expect(new Set(operation.errors).size).toBe(operation.errors.length);
    for (const code of operation.errors) expect(errorCodes).toHaveProperty(code);
    if ('accountId' in operation.input.shape) expect(operation.errors).toContain('ACCOUNT_NOT_FOUND');
  });
});

describe('the registry', () => {
  it('has no two operations on the same route', () => {
    // Parameters match anything, so their names make no difference.
    const routes = operations.map(({ http }) => `${http.method} ${http.path.replace(/:\w+/g, ':x')}`);
    expect(routes.toSorted()).toEqual([...new Set(routes)].toSorted());
    for (const { http } of operations) expect(http.path).toMatch(/^(\/(:?[a-zA-Z]+(-[a-z]+)*))+$/);
  });

  it('knows its own names and nothing that every object has', () => {
    expect(operationNames).toHaveLength(operations.length);
    expect(operationNames.every((name) => isOperationName(name))).toBe(true);
    for (const name of ['toString', '__proto__', 'constructor', 'hasOwnProperty', ''])
      expect(isOperationName(name)).toBe(false);
  });
});

describe('error codes', () => {
  it('are upper case and belong to one of the closed categories each', () => {
    for (const [code, category] of Object.entries(errorCodes)) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(errorCategories).toContain(category);
    }
  });
});
