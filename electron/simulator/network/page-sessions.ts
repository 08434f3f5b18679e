import type { WebSocket } from 'ws';
import type { AccountEvent, ChatRow, ContactRow, MessageRow, NetworkFrame } from '../frames';
import type { GroupRow } from '../group-frames';
import type { Misbehaviour, SessionFrame, WelcomeTerms } from '../session-frames';
import { knownPeople } from './accounts/people';
import { STATUS_LASTS_S } from './accounts/statuses';
import { channelRow, postRow } from './channels/channel-rows';
import type { Faults } from './faults';
import { STATUS_CHAT } from './ids';
import { chatRow, groupRow, meRow, messageRow, peopleOf } from './rows';
import type { Chat, Phone, StoredMessage } from './state';
import type { World } from './world';

/** Messages per chat that a page is given at start; older ones it asks for. */
const RECENT_MESSAGES = 20;
const CHATS_PER_FRAME = 100;
/** Events kept for a page that comes back after a dropped socket; one that missed more is synchronised anew. */
const KEPT_EVENTS = 2000;
/** How far a synchronisation gets that stalls. */
const STALLED_PERCENT = 40;
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
  readonly #faults: Faults;
  readonly #terms: (phone: string) => WelcomeTerms;
  readonly #sessions = new Map<string, PageSession>();

  constructor(world: World, faults: Faults, terms: (phone: string) => WelcomeTerms) {
    this.#world = world;
    this.#faults = faults;
    this.#terms = terms;
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
    this.#replaceOthers(session);
    session.socket = socket;
    this.#sessions.set(session.page, session);
    socket.once('close', () => this.#closed(session, socket));
    tell(socket, {
      op: 'welcome',
      me: meRow(this.#world, phone),
      seq: session.seq,
      resumed: resumes,
      ...this.#terms(phone.number),
    });
    if (resumes) {
      for (const { seq, event } of session.recent) {
        if (seq > since) tell(socket, { op: 'event', seq, event });
      }
      tell(socket, { op: 'synced' });
    } else {
      session.recent = [];
      this.#synchronise(phone, session, socket);
    }
  }

  /** Hands over the history; a stall keeps it from becoming complete, or the page from being told that it is. */
  #synchronise(phone: Phone, session: PageSession, socket: WebSocket): void {
    const frames = [...this.#history(phone)];
    const isCurrent = () => session.socket === socket;
    const end = () => {
      if (!isCurrent() || this.#faults.stalls('ready', phone.number, end)) return;
      tell(socket, { op: 'synced' });
    };
    const all = () => {
      if (!isCurrent()) return;
      for (const frame of frames) tell(socket, frame);
      end();
    };
    if (!this.#faults.stalls('sync', phone.number, all)) all();
    else tell(socket, { op: 'sync', percent: STALLED_PERCENT, chats: [], contacts: [], groups: [], messages: [] });
  }

  /** Whoever else uses the login of this page hears of it, and is cut off. */
  #replaceOthers(session: PageSession): void {
    for (const other of this.#sessions.values()) {
      if (other === session || other.device !== session.device || other.socket === undefined) continue;
      tell(other.socket, { op: 'conflict' });
      other.socket.close();
    }
  }

  /** Tells every page of a phone; pages that are away for a moment hear it when they come back. */
  tell(phone: string, event: AccountEvent, exceptPage?: string): void {
    for (const session of this.#sessions.values()) {
      if (session.phone !== phone || session.page === exceptPage) continue;
      session.seq += 1;
      session.recent.push({ seq: session.seq, event });
      if (session.recent.length > KEPT_EVENTS) session.recent.shift();
      if (session.socket === undefined) continue;
      tell(session.socket, { op: 'event', seq: session.seq, event });
      if (this.#faults.find('events-twice', phone) === undefined) continue;
      tell(session.socket, { op: 'event', seq: session.seq, event, again: true });
    }
  }

  /** Tells the connected pages of a phone, or of all, something that is no event. */
  say(phone: string | undefined, frame: SessionFrame): number {
    const told = this.#connectedOf(phone);
    for (const { socket } of told) tell(socket, frame);
    return told.length;
  }

  /** Another page takes the login over: the pages of this phone are told, and cut off. */
  takeOver(phone: string): number {
    const told = this.#connectedOf(phone);
    for (const { socket } of told) {
      tell(socket, { op: 'conflict' });
      socket.close();
    }
    return told.length;
  }

  misbehave(which: { readonly phone?: string; readonly page?: string }, misbehaviour: Misbehaviour): number {
    const told = this.#connectedOf(which.phone).filter(({ page }) => which.page === undefined || page === which.page);
    for (const { socket } of told) tell(socket, { op: 'misbehave', misbehaviour });
    return told.length;
  }

  #connectedOf(phone: string | undefined): readonly { readonly page: string; readonly socket: WebSocket }[] {
    return [...this.#sessions.values()].flatMap(({ page, socket, phone: owner }) =>
      socket === undefined || (phone !== undefined && owner !== phone) ? [] : [{ page, socket }],
    );
  }

  /** Tells the pages of a phone that are connected right now; those that are away never hear it. */
  tellNow(phone: string, event: AccountEvent): void {
    for (const { phone: owner, socket } of this.#sessions.values()) {
      if (owner === phone && socket !== undefined) tell(socket, { op: 'moment', event });
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
  kick(device: string, banned = false): void {
    for (const session of [...this.#sessions.values()]) {
      if (session.device !== device) continue;
      if (session.socket !== undefined) {
        tell(session.socket, { op: 'kicked', banned });
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
    for (let start = 0; start === 0 || start < chats.length; start += CHATS_PER_FRAME) {
      const part = chats.slice(start, start + CHATS_PER_FRAME);
      const known = start === 0 ? knownPeople(this.#world, phone) : [];
      const contacts = new Map<string, ContactRow>(known.map((person) => [person.id, person]));
      const groups: GroupRow[] = [];
      const messages: MessageRow[] = [];
      const rows: ChatRow[] = [];
      for (const chat of part) {
        rows.push(chatRow(chat));
        for (const person of peopleOf(this.#world, chat.id, phone)) contacts.set(person.id, person);
        const group = this.#world.groups.get(chat.id);
        if (group !== undefined) groups.push(groupRow(group, phone.number));
        messages.push(...recentOf(chat, this.#world.now() / 1000).map(messageRow));
      }
      const percent = Math.round(((start + part.length) / Math.max(1, chats.length)) * 100);
      const once = start === 0 ? this.#toldOnce(phone) : {};
      const people = [...contacts.values()];
      yield {
        op: 'sync',
        percent: chats.length === 0 ? 100 : percent,
        chats: rows,
        contacts: people,
        groups,
        messages,
        ...once,
      };
    }
  }

  #toldOnce(phone: Phone): Pick<Extract<NetworkFrame, { op: 'sync' }>, 'labels' | 'channels' | 'posts'> {
    const followed = this.#world.channels.all().filter(({ channel }) => channel.followers[phone.number] !== undefined);
    return {
      labels: [...phone.profile.labels.values()],
      channels: followed.map((shelf) => channelRow(this.#world, shelf, phone.number)),
      posts: followed.flatMap(({ posts }) => posts.slice(-RECENT_MESSAGES).map((post) => postRow(post, phone.number))),
    };
  }
}

/** What a page is given of a chat at start; of statuses all that still show. */
function recentOf(chat: Chat, now: number): readonly StoredMessage[] {
  if (chat.id === STATUS_CHAT) return chat.messages.filter(({ t }) => t > now - STATUS_LASTS_S);
  return chat.messages.slice(chat.settings.keptBack).slice(-RECENT_MESSAGES);
}

export function tell(socket: WebSocket, frame: NetworkFrame): void {
  socket.send(JSON.stringify(frame));
}
