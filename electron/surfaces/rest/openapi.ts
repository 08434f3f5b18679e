import { z } from 'zod';
import { rootPaths } from './root-paths';
import type { Route } from './route';

const envelope = (data: unknown): unknown => ({
  type: 'object',
  required: ['success'],
  properties: { success: { const: true }, message: { type: 'string' }, ...(data === undefined ? {} : { data }) },
});

type JsonSchema = Record<string, unknown>;

/** Named shapes go to the components, where every call refers to them. */
const schemaOf = (schema: z.ZodType, io: 'input' | 'output', shapes: Map<string, unknown>): JsonSchema => {
  const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }));
  const {
    $schema: _,
    $defs,
    ...rest
  } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonSchema & {
    readonly $defs?: JsonSchema;
  };
  for (const [name, { id: _id, ...shape }] of Object.entries(($defs ?? {}) as Record<string, JsonSchema>)) {
    shapes.set(name, shape);
  }
  return rest;
};

const parametersOf = (path: string): string[] => Array.from(path.matchAll(/:(\w+)/g), (match) => match[1] ?? '');

/** The same fields around one file, in a form. */
const formOf = (fields: readonly (readonly [string, unknown])[], needed: readonly string[]): unknown => ({
  type: 'object',
  properties: {
    ...Object.fromEntries(fields.filter(([name]) => !['data', 'url', 'mediaId'].includes(name))),
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
  },
  required: [...needed, 'file'],
});

const describe = (route: Route, shapes: Map<string, unknown>): Record<string, unknown> => {
  const names = new Set(parametersOf(route.path));
  const { properties = {}, required = [] } = schemaOf(route.input, 'input', shapes) as {
    readonly properties?: Record<string, unknown>;
    readonly required?: readonly string[];
  };
  const rest = Object.entries(properties).filter(([name]) => !names.has(name));
  // A list does not fit into an address.
  const hasList = rest.some(([, schema]) => (schema as JsonSchema)['type'] === 'array');
  const inQuery = route.method === 'GET' || (route.method === 'DELETE' && !hasList);
  const parameters = [
    ...[...names].map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' } })),
    ...(inQuery
      ? rest.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }))
      : [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 128 } }]),
  ];
  const needed = required.filter((name) => !names.has(name));
  const body =
    inQuery || rest.length === 0
      ? {}
      : {
          requestBody: {
            required: needed.length > 0,
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  additionalProperties: false,
                  properties: Object.fromEntries(rest),
                  ...(needed.length === 0 ? {} : { required: needed }),
                },
              },
              ...(route.takesFile ? { 'multipart/form-data': { schema: formOf(rest, needed) } } : {}),
            },
          },
        };
  const isImage = /\/(image|qr\.png)$/.test(route.path);
  const failed = { $ref: '#/components/responses/Failure' };
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-zA-Z0-9]+(.)?/g, (_match, next: string | undefined) => (next ?? '').toUpperCase())}`,
    summary: route.title,
    description: route.summary,
    tags: [route.operation.split('.')[0]],
    'x-operation': route.operation,
    'x-scope': route.scope,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...body,
    responses: {
      [route.status]: isImage
        ? { description: 'The picture', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } } }
        : {
            description: 'Done',
            content: {
              'application/json': {
                schema: envelope(route.output === undefined ? {} : schemaOf(route.output, 'output', shapes)),
              },
            },
          },
      '4XX': failed,
      '5XX': failed,
    },
  };
};

/** OpenAPI 3.1 of the whole API, derived from its routes. */
export const openApi = (routes: readonly Route[], version: string): Record<string, unknown> => {
  const paths: Record<string, Record<string, unknown>> = {};
  const shapes = new Map<string, unknown>();
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: describe(route, shapes) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Switchboard',
      version,
      description:
        'The local API of this console. Every answer is an envelope with `success`; every error names the session.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ apiKey: [] }, { bearer: [] }],
    paths: { ...paths, ...rootPaths },
    components: {
      schemas: Object.fromEntries([...shapes].toSorted(([one], [other]) => (one < other ? -1 : 1))),
      securitySchemes: {
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
      responses: {
        Failure: {
          description: 'What went wrong, in words and as a code',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                required: ['success', 'error'],
                properties: {
                  success: { const: false },
                  error: {
                    type: 'object',
                    required: ['code', 'message'],
                    properties: { code: { type: 'string' }, message: { type: 'string' }, details: {} },
                  },
                },
              },
            },
          },
        },
      },
    },
  };
};
