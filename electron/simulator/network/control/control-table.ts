import { digitsOf, isGroupId, STATUS_CHAT, userId } from '../ids';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { Customer, Phone } from '../state';

export interface ControlCall {
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Whether there is a control call of this form ("POST faults"), and how one is made from within. */
  readonly knows: (call: string) => boolean;
  readonly perform: (call: string, body: unknown) => Promise<unknown>;
}

export type ControlHandler = (network: Network, call: ControlCall, parameters: readonly string[]) => unknown;

/** The calls of one area by method and path, `*` standing for a parameter. */
export type ControlTable = Readonly<Record<string, ControlHandler>>;

export const LONGEST_WAIT_MS = 86_400_000;

export function phoneOf(network: Network, number: string | undefined): Phone {
  const phone = network.world.phones.get(digitsOf(number ?? '') ?? '');
  if (phone === undefined) throw new Refusal(404, `There is no phone ${number}`);
  return phone;
}

export function customerOf(network: Network, number: string | undefined): Customer {
  const customer = network.world.customers.get(digitsOf(number ?? '') ?? '');
  if (customer === undefined) throw new Refusal(404, `There is no customer ${number}`);
  return customer;
}

export function chatOf(text: string): string {
  if (isGroupId(text) || text === STATUS_CHAT || /^\d+@lid$/.test(text)) return text;
  const number = digitsOf(text);
  if (number === undefined) throw new Refusal(400, `"${text}" is neither a phone number nor a group id`);
  return userId(number);
}

export function optionalNumber(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const digits = digitsOf(text);
  if (digits === undefined) throw new Refusal(400, `"${name}" has to be a phone number`);
  return digits;
}

export function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1) throw new Refusal(400, '"limit" has to be a whole number above 0');
  return limit;
}
