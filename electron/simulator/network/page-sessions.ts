import type { WebSocket } from 'ws';
import type { AccountEvent, ChatRow, ContactRow, GroupRow, MessageRow, NetworkFrame } from '../frames';
import { chatRow, groupRow, meRow, messageRow, peopleOf } from './rows';
import type { Phone } from './state';
import type { World } from './world';

/** Messages per chat that a page is given at start; older ones it asks for. */
const RECENT_MESSAGES = 20;
const CHATS_PER_FRAME = 100;
/** Events kept for a page that comes back after a dropped socket; one that missed more is synchronised anew. */
const KEPT_EVENTS = 2000;
const FORGET_AFTER_MS = 10 * 60_000;

interface PageSession {
  readonly page: string;
  readonly phone: string;
  readonly device: string;
  readonly since: number;
  seq: number;
  recent: { readonly seq: number; readonly event: AccountEvent }[];
  socket: WebSocket | undefined;
  forget: NodeJS.Timeout | undefined;
}

export interface LinkedPage {
  readonly id: string;
  readonly phone: string;
  readonly device: string;
  readonly since: number;
}

/** The linked pages: what each has been told, and the way to tell it more. */
export class PageSessions {
  readonly #world: World;
  readonly #sessions = new Map<string, PageSession>();

  constructor(world: World) {
    this.#world = world;
  }

  connected(): readonly LinkedPage[] {
    return [...this.#sessions.values()]
      .filter((session) => session.socket !== undefined)
      .map(({ page, phone, device, since }) => ({ id: page, phone, device, since }));
  }

  isOnline(device: string): boolean {
    return this.connected().some((page) => page.device === device);
  }

  /** Welcomes a page: the same document catches up event by event where it can, any other gets its history. */
  welcome(
    socket: WebSocket,
    hello: { readonly page: string; readonly since?: number; readonly device: string; readonly silent: boolean },
    phone: Phone,
  ): void {
    const known = this.#sessions.get(hello.page);
    const first = known?.recent[0]?.seq ?? (known?.seq ?? 0) + 1;
    const { since } = hello;
    const resumes = known !== undefined && since !== undefined && !hello.silent && since + 1 >= first;
    const session: PageSession = known ?? {
      page: hello.page,
      phone: phone.number,
      device: hello.device,
      since: this.#world.now(),
      seq: 0,
      recent: [],
      socket: undefined,
      forget: undefined,
    };
    clearTimeout(session.forget);
    session.socket?.terminate();
    session.socket = socket;
    this.#sessions.set(session.page, session);
    socket.once('close', () => this.#closed(session, socket));
    tell(socket, { op: 'welcome', me: meRow(phone), seq: session.seq, resumed: resumes });
    if (resumes) {
      for (const { seq, event } of session.recent) {
        if (seq > since) tell(socket, { op: 'event', seq, event });
      }
    } else {
      session.recent = [];
      for (const frame of this.#history(phone)) tell(socket, frame);
    }
    tell(socket, { op: 'synced' });
  }

  /** Tells every page of a phone; pages that are away for a moment hear it when they come back. */
  tell(phone: string, event: AccountEvent, exceptPage?: string): void {
    for (const session of this.#sessions.values()) {
      if (session.phone !== phone || session.page === exceptPage) continue;
      session.seq += 1;
      session.recent.push({ seq: session.seq, event });
      if (session.recent.length > KEPT_EVENTS) session.recent.shift();
      if (session.socket !== undefined) tell(session.socket, { op: 'event', seq: session.seq, event });
    }
  }

  /** Cuts the connection without a goodbye. */
  drop(phone: string | undefined): number {
    const affected = [...this.#sessions.values()].filter(
      (session) => session.socket !== undefined && (phone === undefined || session.phone === phone),
    );
    for (const session of affected) session.socket?.terminate();
    return affected.length;
  }

  /** Tells the pages of a device that it is no longer linked, and forgets them. */
  kick(device: string): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.device !== device) continue;
      if (session.socket !== undefined) {
        tell(session.socket, { op: 'kicked' });
        session.socket.close();
      }
      this.#forget(session);
    }
  }

  forgetDevice(device: string): void {
    for (const session of [...this.#sessions.values()]) if (session.device === device) this.#forget(session);
  }

  stop(): void {
    for (const session of this.#sessions.values()) clearTimeout(session.forget);
    this.#sessions.clear();
  }

  #closed(session: PageSession, socket: WebSocket): void {
    if (session.socket !== socket) return;
    session.socket = undefined;
    session.forget = setTimeout(() => this.#forget(session), FORGET_AFTER_MS);
    session.forget.unref();
  }

  #forget(session: PageSession): void {
    clearTimeout(session.forget);
    if (this.#sessions.get(session.page) === session) this.#sessions.delete(session.page);
  }

  *#history(phone: Phone): Generator<NetworkFrame> {
    const chats = [...phone.chats.values()];
    for (let start = 0; start < chats.length; start += CHATS_PER_FRAME) {
      const part = chats.slice(start, start + CHATS_PER_FRAME);
      const contacts = new Map<string, ContactRow>();
      const groups: GroupRow[] = [];
      const messages: MessageRow[] = [];
      const rows: ChatRow[] = [];
      for (const chat of part) {
        rows.push(chatRow(chat));
        for (const person of peopleOf(this.#world, chat.id)) contacts.set(person.id, person);
        const group = this.#world.groups.get(chat.id);
        if (group !== undefined) groups.push(groupRow(group));
        messages.push(...chat.messages.slice(-RECENT_MESSAGES).map(messageRow));
      }
      const percent = Math.round(((start + part.length) / chats.length) * 100);
      yield { op: 'sync', percent, chats: rows, contacts: [...contacts.values()], groups, messages };
    }
    if (chats.length === 0) yield { op: 'sync', percent: 100, chats: [], contacts: [], groups: [], messages: [] };
  }
}

export function tell(socket: WebSocket, frame: NetworkFrame): void {
  socket.send(JSON.stringify(frame));
}
