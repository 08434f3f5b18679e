import type { LedgerKind } from '../state';

/** Waits until the ledger has so many lines that fit, counted from the start of the scenario. */
export interface LedgerCondition {
  readonly ledger: LedgerKind;
  readonly phone?: string;
  readonly customer?: string;
  /** Part of the message's text. */
  readonly text?: string;
  readonly count?: number;
}

/** Waits until a page is in this state. */
export interface PageCondition {
  readonly page: 'unpaired' | 'linked';
  readonly phone?: string;
}

export interface ScenarioStep {
  /** Where the step stands in its file; 1 is the first line or the first entry. */
  readonly place: number;
  /** Network time since the scenario began. */
  readonly atMs?: number;
  /** Network time since the step before it was done. */
  readonly afterMs?: number;
  readonly when?: LedgerCondition | PageCondition;
  /** A control call, "POST faults"; a step without one only waits. */
  readonly call?: string;
  readonly body?: unknown;
  /** How often the call is made, and how long between. */
  readonly times: number;
  readonly everyMs: number;
}

const FIELDS = ['atMs', 'afterMs', 'when', 'call', 'body', 'times', 'everyMs', 'note'];
const LEDGER_FIELDS = ['ledger', 'phone', 'customer', 'text', 'count'];
const PAGE_FIELDS = ['page', 'phone'];
const MOST_TIMES = 100_000;
const LONGEST_MS = 7 * 86_400_000;

/** A scenario that cannot be read; the message says where and why. */
export class ScenarioError extends Error {}

/** Reads a scenario from a file's text: a JSON array, or one JSON object per line. Empty lines and lines with # are skipped. */
export function readScenario(text: string, isCall: (call: string) => boolean): readonly ScenarioStep[] {
  if (text.trimStart().startsWith('[')) return stepsOf(parse(text, 'The scenario'), isCall, 'step');
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), place: index + 1 }));
  const steps = lines
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
    .map(({ line, place }) => stepOf(parse(line, `line ${place}`), place, `line ${place}`, isCall));
  if (steps.length === 0) throw new ScenarioError('The scenario has no steps');
  return steps;
}

/** The same from values, as a control call brings them. */
export function stepsOf(value: unknown, isCall: (call: string) => boolean, word = 'step'): readonly ScenarioStep[] {
  if (!Array.isArray(value) || value.length === 0) throw new ScenarioError('A scenario is a list of steps');
  return value.map((step: unknown, index) => stepOf(step, index + 1, `${word} ${index + 1}`, isCall));
}

function stepOf(value: unknown, place: number, where: string, isCall: (call: string) => boolean): ScenarioStep {
  const step = fieldsOf(value, FIELDS, where);
  const atMs = amount(step, 'atMs', 0, LONGEST_MS, where);
  const afterMs = amount(step, 'afterMs', 0, LONGEST_MS, where);
  if (atMs !== undefined && afterMs !== undefined)
    throw new ScenarioError(`${where}: give "atMs" or "afterMs", not both`);
  const { call, body } = step;
  if (call !== undefined && (typeof call !== 'string' || !isCall(call))) {
    throw new ScenarioError(`${where}: there is no control call ${JSON.stringify(call)}; write it as in "POST faults"`);
  }
  if (call === undefined && body !== undefined) throw new ScenarioError(`${where}: a "body" belongs to a "call"`);
  const when = step['when'] === undefined ? undefined : conditionOf(step['when'], where);
  if (call === undefined && when === undefined && atMs === undefined && afterMs === undefined) {
    throw new ScenarioError(`${where}: a step needs a "call" or something to wait for`);
  }
  return {
    place,
    ...(atMs === undefined ? {} : { atMs }),
    ...(afterMs === undefined ? {} : { afterMs }),
    ...(when === undefined ? {} : { when }),
    ...(call === undefined ? {} : { call, body }),
    times: amount(step, 'times', 1, MOST_TIMES, where) ?? 1,
    everyMs: amount(step, 'everyMs', 0, LONGEST_MS, where) ?? 0,
  };
}

function conditionOf(value: unknown, where: string): LedgerCondition | PageCondition {
  const isPage = typeof value === 'object' && value !== null && 'page' in value;
  const condition = fieldsOf(value, isPage ? PAGE_FIELDS : LEDGER_FIELDS, `${where}, "when"`);
  for (const [name, given] of Object.entries(condition)) {
    if (name !== 'count' && typeof given !== 'string') throw new ScenarioError(`${where}, "when": "${name}" is a text`);
  }
  if (isPage) {
    const { page } = condition;
    if (page !== 'unpaired' && page !== 'linked') {
      throw new ScenarioError(`${where}, "when": "page" is "unpaired" or "linked"`);
    }
    return condition as unknown as PageCondition;
  }
  if (condition['ledger'] === undefined) throw new ScenarioError(`${where}, "when": it needs "ledger" or "page"`);
  amount(condition, 'count', 1, MOST_TIMES, `${where}, "when"`);
  return condition as unknown as LedgerCondition;
}

function fieldsOf(value: unknown, known: readonly string[], where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ScenarioError(`${where}: has to be a JSON object`);
  }
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown === undefined) return value as Record<string, unknown>;
  throw new ScenarioError(`${where}: there is no field "${unknown}" here; known are: ${known.join(', ')}`);
}

function amount(
  fields: Record<string, unknown>,
  name: string,
  low: number,
  high: number,
  where: string,
): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw new ScenarioError(`${where}: "${name}" has to be a whole number from ${low} to ${high}`);
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ScenarioError(`${where} is not JSON`);
  }
}
