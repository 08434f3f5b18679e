/** A typed client of the practice network's control interface, one method per call. See docs/simulator.md. */

import { PracticeChannels } from './practice-channels';
import { type ControlCaller, PracticeGroups } from './practice-groups';
import { type MessageContent, type MessageState, PracticeMessages } from './practice-messages';
import { type ChatView, type Platform, PracticePeople } from './practice-people';
import type {
  Build,
  FaultRequest,
  LimitsView,
  LinkedView,
  PasskeyView,
  ScenarioStepRequest,
  ScenarioView,
  WhichPages,
} from './practice-session-types';

export interface ControlAddress {
  readonly port: number;
  readonly token: string;
}

export interface PhoneView {
  readonly number: string;
  readonly pushname: string;
  readonly about: string;
  readonly platform: Platform;
  readonly hasPicture: boolean;
  readonly devices: readonly {
    readonly id: string;
    readonly linkedAt: number;
    readonly online: boolean;
    readonly available: boolean;
  }[];
}

export interface CustomerView {
  readonly number: string;
  readonly name: string;
  readonly saved: boolean;
  readonly autoRead: boolean;
  readonly deliverAfterMs: number;
  readonly readAfterMs: number;
  readonly device: 'android' | 'ios';
  /** By number, by hidden id with the number known, or by hidden id alone. */
  readonly appearsAs: 'number' | 'lid' | 'hidden';
  readonly kind: 'person' | 'business' | 'enterprise';
  readonly about: string;
  readonly hasPicture: boolean;
  /** Who may see picture and about text. */
  readonly privacy: 'everyone' | 'contacts' | 'nobody';
  readonly devices: number;
  /** May not be added to groups just like that. */
  readonly groupsByInvitation: boolean;
}

export type CustomerChange = Partial<Omit<CustomerView, 'number'>>;

export interface WrittenMessage {
  readonly id: string;
  readonly chatId: string;
  readonly t: number;
}

export interface ReceivedMessage extends WrittenMessage {
  readonly body: string;
  readonly fromPhone: string;
  readonly receivedAt: number;
  readonly readAt?: number;
  /** How often the customer's phone showed it. */
  readonly copies: number;
  /** What it is now, after edits and deletions. */
  readonly now?: MessageState;
}

export interface PhoneMessage extends WrittenMessage, MessageState {
  readonly fromMe: boolean;
  readonly type: string;
  readonly body: string;
  readonly ack: number;
  readonly author?: string;
}

export interface PageView {
  readonly id: string;
  readonly state: 'unpaired' | 'linked';
  readonly since: number;
  readonly phone?: string;
  readonly device?: string;
  readonly ref?: string;
  readonly qr?: string;
  readonly step?: 'code' | 'passkey' | 'linking';
  readonly pairing?: { readonly code: string; readonly phone: string; readonly notified: boolean };
}

export interface LedgerView {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly phone?: string;
  readonly customer?: string;
  readonly chatId?: string;
  readonly id?: string;
  readonly body?: string;
}

export interface FaultView {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
}

/** The network refused a call; `status` and the message are its answer. */
export class ControlError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(`${status}: ${message}`);
    this.name = 'ControlError';
    this.status = status;
  }
}

export class PracticeControl {
  readonly groups: PracticeGroups;
  readonly channels: PracticeChannels;
  readonly messages: PracticeMessages;
  readonly people: PracticePeople;
  readonly #address: ControlAddress;

  constructor(address: ControlAddress) {
    this.#address = address;
    const call: ControlCaller = (method, path, body) => this.#call(method, path, body);
    this.groups = new PracticeGroups(call);
    this.messages = new PracticeMessages(call);
    this.people = new PracticePeople(call);
    this.channels = new PracticeChannels(call);
  }

  status(): Promise<{
    readonly pages: number;
    readonly phones: number;
    readonly customers: number;
    readonly habits: boolean;
  }> {
    return this.#call('GET', 'status');
  }

  phones(): Promise<readonly PhoneView[]> {
    return this.#call('GET', 'phones');
  }

  phone(number: string): Promise<PhoneView> {
    return this.#call('GET', `phones/${number}`);
  }

  createPhone(phone: { readonly number: string; readonly pushname?: string }): Promise<PhoneView> {
    return this.#call('POST', 'phones', phone);
  }

  /** Unlinks every device, as a person does on the phone. */
  kick(phone: string): Promise<{ readonly devices: number }> {
    return this.#call('POST', `phones/${phone}/kick`);
  }

  writeOnPhone(
    phone: string,
    message: MessageContent & { readonly to: string; readonly quoted?: string },
  ): Promise<WrittenMessage> {
    return this.#call('POST', `phones/${phone}/messages`, message);
  }

  addHistory(
    phone: string,
    history: {
      readonly chat: string;
      readonly count: number;
      readonly days?: number;
      readonly onPhoneOnly?: boolean;
    },
  ): Promise<{ readonly added: number }> {
    return this.#call('POST', `phones/${phone}/history`, history);
  }

  chatsOf(phone: string): Promise<readonly ChatView[]> {
    return this.#call('GET', `phones/${phone}/chats`);
  }

  messagesOf(phone: string, chatId: string, limit = 50): Promise<readonly PhoneMessage[]> {
    return this.#call('GET', `phones/${phone}/chats/${encodeURIComponent(chatId)}/messages?limit=${limit}`);
  }

  /** A phone scans the code; resolves once the page is linked. */
  scan(scan: {
    readonly qr: string;
    readonly phone?: string;
    readonly pushname?: string;
  }): Promise<{ readonly phone: string; readonly pushname: string; readonly deviceId: string }> {
    return this.#call('POST', 'scans', scan);
  }

  refuseScan(qr: string): Promise<{ readonly refused: true }> {
    return this.#call('POST', 'scans', { qr, refuse: true });
  }

  setQrLifetime(qrLifetimeMs: number): Promise<{ readonly qrLifetimeMs: number }> {
    return this.#call('PUT', 'linking', { qrLifetimeMs });
  }

  /** A phone that needs a passkey scans the code: nothing is linked before the step is answered. */
  scanUntilPasskey(scan: { readonly qr: string; readonly phone: string }): Promise<PasskeyView> {
    return this.#call('POST', 'scans', scan);
  }

  answerPasskey(which: WhichPages, ok: boolean): Promise<LinkedView | { readonly refused: true }> {
    return this.#call('POST', 'passkeys', { ...which, ok });
  }

  /** A person types a pairing code into the phone; resolves once the page is linked. */
  enterCode(entry: { readonly phone: string; readonly code: string; readonly pushname?: string }): Promise<LinkedView> {
    return this.#call('POST', 'pairings', entry);
  }

  setCodeLifetime(codeLifetimeMs: number): Promise<{ readonly codeLifetimeMs: number }> {
    return this.#call('PUT', 'linking', { codeLifetimeMs });
  }

  refreshCodes(): Promise<{ readonly pages: number }> {
    return this.#call('POST', 'linking/refresh');
  }

  pages(): Promise<readonly PageView[]> {
    return this.#call('GET', 'pages');
  }

  customers(): Promise<readonly CustomerView[]> {
    return this.#call('GET', 'customers');
  }

  createCustomer(customer: { readonly number: string; readonly name: string } & CustomerChange): Promise<CustomerView> {
    return this.#call('POST', 'customers', customer);
  }

  changeCustomer(number: string, change: CustomerChange): Promise<CustomerView> {
    return this.#call('PATCH', `customers/${number}`, change);
  }

  /** The customer writes exactly one message. */
  writeAs(
    customer: string,
    message: MessageContent & { readonly phone: string; readonly group?: string; readonly quoted?: string },
  ): Promise<WrittenMessage> {
    return this.#call('POST', `customers/${customer}/messages`, message);
  }

  receivedBy(customer: string, phone?: string): Promise<readonly ReceivedMessage[]> {
    return this.#call('GET', `customers/${customer}/messages${phone === undefined ? '' : `?phone=${phone}`}`);
  }

  /** The customer opens the chat: what was delivered turns read. */
  readAs(
    customer: string,
    where: { readonly phone: string; readonly group?: string },
  ): Promise<{ readonly read: number }> {
    return this.#call('POST', `customers/${customer}/read`, where);
  }

  createGroup(group: {
    readonly phone: string;
    readonly subject: string;
    readonly participants: readonly string[];
  }): Promise<{ readonly id: string; readonly subject: string; readonly participants: readonly string[] }> {
    return this.#call('POST', 'groups', group);
  }

  ledger(
    filter: { readonly after?: number; readonly phone?: string; readonly customer?: string } = {},
  ): Promise<readonly LedgerView[]> {
    const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
    return this.#call('GET', `ledger?${query}`);
  }

  /** Scripted behaviour on or off: off, nothing happens that a test did not ask for. */
  setHabits(on: boolean): Promise<{ readonly on: boolean }> {
    return this.#call('PUT', 'habits', { on });
  }

  /** Somebody opens the account in another window. */
  conflict(phone: string): Promise<{ readonly pages: number }> {
    return this.#call('POST', `phones/${phone}/conflict`);
  }

  limits(phone: string): Promise<LimitsView> {
    return this.#call('GET', `phones/${phone}/limits`);
  }

  /** The account may not start chats; without a request it may again. */
  setTimelock(
    phone: string,
    timelock?: { readonly forMs: number; readonly enforcementType?: string },
  ): Promise<LimitsView> {
    return this.#call(timelock === undefined ? 'DELETE' : 'PUT', `phones/${phone}/limits/timelock`, timelock);
  }

  setCapping(
    phone: string,
    capping?: { readonly quota: number; readonly used?: number; readonly status?: string; readonly cycleMs?: number },
  ): Promise<LimitsView> {
    return this.#call(capping === undefined ? 'DELETE' : 'PUT', `phones/${phone}/limits/capping`, capping);
  }

  /** Which build pages are from their next start on: of one phone, or of all. */
  setBuild(build: Build, phone?: string): Promise<{ readonly build: Build }> {
    return this.#call('PUT', phone === undefined ? 'builds' : `phones/${phone}/build`, { build });
  }

  crash(which: WhichPages): Promise<{ readonly pages: number }> {
    return this.#call('POST', 'pages/crash', which);
  }

  hang(which: WhichPages, forMs: number): Promise<{ readonly pages: number }> {
    return this.#call('POST', 'pages/hang', { ...which, forMs });
  }

  eatMemory(
    which: WhichPages,
    meal: { readonly megabytes: number; readonly perSecond?: number },
  ): Promise<{ readonly pages: number }> {
    return this.#call('POST', 'pages/memory', { ...which, ...meal });
  }

  freeMemory(which: WhichPages): Promise<{ readonly pages: number }> {
    return this.#call('DELETE', 'pages/memory', which);
  }

  clock(): Promise<{ readonly now: number; readonly offsetMs: number }> {
    return this.#call('GET', 'clock');
  }

  /** Another time of day; what waits comes neither earlier nor later for it. */
  setClock(now: number): Promise<{ readonly now: number; readonly offsetMs: number }> {
    return this.#call('PUT', 'clock', { now });
  }

  /** Time passes; what was due in it happens now. */
  advanceClock(ms: number): Promise<{ readonly now: number; readonly offsetMs: number }> {
    return this.#call('POST', 'clock/advance', { ms });
  }

  startScenario(steps: readonly ScenarioStepRequest[]): Promise<ScenarioView> {
    return this.#call('POST', 'scenarios', { steps });
  }

  scenarios(): Promise<readonly ScenarioView[]> {
    return this.#call('GET', 'scenarios');
  }

  stopScenario(id: string): Promise<{ readonly stopped: string }> {
    return this.#call('DELETE', `scenarios/${id}`);
  }

  fault(fault: FaultRequest): Promise<FaultView> {
    return this.#call('POST', 'faults', fault);
  }

  faults(): Promise<readonly FaultView[]> {
    return this.#call('GET', 'faults');
  }

  endFault(id: string): Promise<{ readonly ended: string }> {
    return this.#call('DELETE', `faults/${id}`);
  }

  endAllFaults(): Promise<{ readonly faults: 0 }> {
    return this.#call('DELETE', 'faults');
  }

  shutdown(): Promise<{ readonly stopping: true }> {
    return this.#call('POST', 'shutdown');
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`http://127.0.0.1:${this.#address.port}/control/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#address.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { readonly error?: string };
    if (!response.ok) throw new ControlError(response.status, answer.error ?? 'no reason given');
    return answer;
  }
}
