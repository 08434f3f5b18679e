/** A typed client of the practice network's control interface, one method per call. See docs/simulator.md. */

export interface ControlAddress {
  readonly port: number;
  readonly token: string;
}

export interface PhoneView {
  readonly number: string;
  readonly pushname: string;
  readonly devices: readonly { readonly id: string; readonly linkedAt: number; readonly online: boolean }[];
}

export interface CustomerView {
  readonly number: string;
  readonly name: string;
  readonly saved: boolean;
  readonly autoRead: boolean;
  readonly deliverAfterMs: number;
  readonly readAfterMs: number;
  readonly device: 'android' | 'ios';
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
}

export interface PhoneMessage extends WrittenMessage {
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
  readonly ref?: string;
  readonly qr?: string;
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

export interface FaultRequest {
  readonly name: 'socket-down' | 'acks-held' | 'acks-lost' | 'acks-delayed' | 'scan-refused' | 'silent-resume';
  readonly phone?: string;
  readonly forMs?: number;
  readonly from?: number;
  readonly delayMs?: number;
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
  readonly #address: ControlAddress;

  constructor(address: ControlAddress) {
    this.#address = address;
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

  writeOnPhone(phone: string, message: { readonly to: string; readonly body: string }): Promise<WrittenMessage> {
    return this.#call('POST', `phones/${phone}/messages`, message);
  }

  addHistory(
    phone: string,
    history: { readonly chat: string; readonly count: number; readonly days?: number },
  ): Promise<{ readonly added: number }> {
    return this.#call('POST', `phones/${phone}/history`, history);
  }

  chatsOf(phone: string): Promise<
    readonly {
      readonly id: string;
      readonly name: string;
      readonly unreadCount: number;
      readonly t: number;
      readonly messages: number;
    }[]
  > {
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
    message: { readonly phone: string; readonly body: string; readonly group?: string; readonly quoted?: string },
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
