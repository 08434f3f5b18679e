import type { AccountEvent } from '../../frames';
import type { MessageDetails } from '../../message-details';
import { chatIdOf } from '../accounts/people';
import { isAdmin } from '../groups/group-state';
import { isGroupId, numberOf, userId } from '../ids';
import type { PageSessions } from '../page-sessions';
import { messageId } from '../random';
import type { Receipts } from '../receipts';
import { Refusal } from '../refusal';
import { messageRow } from '../rows';
import type { LedgerKind, Phone, StoredMessage } from '../state';
import type { World } from '../world';
import { MOST_PINS, requireEditable, requireRevocable, requireVote } from './message-rules';

/** A message as one of the phones that have it names it. */
export interface Target {
  readonly phone: Phone;
  readonly chatId: string;
  readonly id: string;
}

interface Copy {
  readonly phone: Phone;
  readonly message: StoredMessage;
}

export interface Edit {
  readonly text: string;
  readonly mentions?: readonly string[];
  readonly details?: MessageDetails;
}

/** What people do with messages that are there: everybody who has the message hears of it, on every linked page. */
export class MessageActions {
  readonly #world: World;
  readonly #pages: PageSessions;
  readonly #receipts: Receipts;

  constructor(world: World, pages: PageSessions, receipts: Receipts) {
    this.#world = world;
    this.#pages = pages;
    this.#receipts = receipts;
  }

  find({ phone, chatId, id }: Target): StoredMessage {
    const message = phone.chats.get(chatId)?.byId.get(id);
    if (message === undefined)
      throw new Refusal(404, `There is no message ${id} in the chat ${chatId} of ${phone.number}`);
    return message;
  }

  edit(target: Target, by: string, { text, mentions, details }: Edit): void {
    const message = this.find(target);
    requireEditable(message, this.#isAuthor(target, message, by), this.#world.now());
    const hasCaption = message.details?.directPath !== undefined;
    const edited = messageId('android');
    this.#change(target, (copy, phone) => ({
      ...copy,
      ...(hasCaption ? {} : { body: text }),
      ...(mentions === undefined ? {} : { mentions }),
      details: {
        ...copy.details,
        ...details,
        ...(hasCaption ? { caption: text } : {}),
        latestEditSenderTimestampMs: this.#world.now(),
        latestEditMsgKey: keyText(copy, edited, by, phone),
      },
    }));
    this.#note('edited', target, by, text);
  }

  /** Deletes for everyone. */
  revoke(target: Target, by: string): void {
    const message = this.find(target);
    const group = isGroupId(target.chatId) ? this.#world.groups.get(target.chatId) : undefined;
    const author = this.#isAuthor(target, message, by);
    requireRevocable(message, { author, admin: group !== undefined && isAdmin(group, by) }, this.#world.now());
    this.#change(target, ({ id, chatId, fromMe, t, author: wrote, to, receipts, ack }) => ({
      id,
      chatId,
      fromMe,
      type: 'revoked',
      body: '',
      t,
      ...(wrote === undefined ? {} : { author: wrote }),
      ...(to === undefined ? {} : { to }),
      ...(receipts === undefined ? {} : { receipts }),
      ...(ack === undefined ? {} : { ack }),
      details: {
        subtype: author ? 'sender' : 'admin',
        revokeSender: userId(by),
        revokeTimestamp: Math.floor(this.#world.now() / 1000),
      },
    }));
    this.#note('revoked', target, by);
  }

  /** Deletes on this phone and its linked devices, and nowhere else. */
  deleteForMe(target: Target): void {
    const message = messageRow(this.find(target));
    const { phone, chatId, id } = target;
    this.#world.commit({ c: 'message-gone', phone: phone.number, chat: chatId, id });
    this.#world.flush();
    this.#pages.tell(phone.number, { kind: 'message-removed', message });
  }

  star(target: Target, star: boolean): void {
    const { star: _before, ...rest } = this.find(target);
    const message: StoredMessage = star ? { ...rest, star } : rest;
    this.#store({ phone: target.phone, message });
  }

  /** An empty text takes the reaction back. */
  react(target: Target, by: string, text: string): void {
    if (this.find(target).type === 'revoked') throw new Refusal(406, 'Nobody can react to a deleted message');
    const reaction = {
      id: messageId('android'),
      sender: chatIdOf(this.#world, by),
      text,
      timestampMs: this.#world.now(),
    };
    this.#change(
      target,
      (copy) => {
        const { [by]: _before, ...others } = copy.reactions ?? {};
        return { ...copy, reactions: text === '' ? others : { ...others, [by]: reaction } };
      },
      (message) => ({ kind: 'reaction', message, reaction }),
    );
    this.#note('reacted', target, by, text);
  }

  /** No options take the vote back. */
  vote(target: Target, by: string, options: readonly number[]): void {
    requireVote(this.find(target), options);
    const vote = {
      id: messageId('android'),
      sender: chatIdOf(this.#world, by),
      options,
      timestampMs: this.#world.now(),
    };
    this.#change(
      target,
      (copy) => ({ ...copy, votes: { ...copy.votes, [by]: vote } }),
      (message) => ({ kind: 'vote', message, vote }),
    );
    this.#note('voted', target, by, options.join(','));
  }

  /** `forS` seconds at the top of the chat; 0 takes the pin off. A chat has three, the oldest makes room. */
  pin(target: Target, by: string, forS: number): void {
    const message = this.find(target);
    if (message.type === 'revoked') throw new Refusal(406, 'A deleted message cannot be pinned');
    const now = this.#world.now();
    if (forS > 0) {
      const others = this.pinned(target.phone, target.chatId).filter(({ id }) => id !== target.id);
      for (const { id } of others.slice(0, Math.max(0, others.length - MOST_PINS + 1))) this.#unpin({ ...target, id });
      this.#change(target, (copy) => ({ ...copy, pinned: { at: now, until: now + forS * 1000 } }));
    } else {
      this.#unpin(target);
    }
    this.#note(forS > 0 ? 'pinned' : 'unpinned', target, by);
  }

  /** The pinned messages of a chat, the oldest pin first. */
  pinned(phone: Phone, chatId: string): readonly StoredMessage[] {
    const now = this.#world.now();
    return (phone.chats.get(chatId)?.messages ?? [])
      .filter(({ pinned }) => pinned !== undefined && pinned.until > now)
      .sort((one, other) => (one.pinned?.at ?? 0) - (other.pinned?.at ?? 0));
  }

  editEvent(target: Target, by: string, details: MessageDetails): void {
    const message = this.find(target);
    if (message.type !== 'event_creation') throw new Refusal(406, 'This message is no event');
    if (!this.#isAuthor(target, message, by)) throw new Refusal(403, 'Only who created an event can change it');
    if (message.details?.isEventCanceled === true) throw new Refusal(406, 'A cancelled event cannot be changed');
    this.#change(target, (copy) => ({ ...copy, details: { ...copy.details, ...details } }));
    this.#note('edited', target, by, details.eventName);
  }

  answerEvent(target: Target, by: string, response: number): void {
    if (this.find(target).type !== 'event_creation') throw new Refusal(406, 'This message is no event');
    this.#change(target, (copy) => {
      const { [by]: _before, ...others } = copy.responses ?? {};
      return { ...copy, responses: response === 0 ? others : { ...others, [by]: response } };
    });
    this.#note('answered', target, by, String(response));
  }

  /** Somebody has listened to a voice message of this phone. */
  played(target: Target, by: string): void {
    const message = this.find(target);
    if (message.type !== 'ptt' || !message.fromMe)
      throw new Refusal(406, 'Only voice messages of the phone can be listened to');
    this.#receipts.played(target.phone, message, by);
  }

  /** The phone has sent a message once more, and linked devices can show it now. */
  decrypt(target: Target): void {
    const { sealed, ...message } = this.find(target);
    if (sealed === undefined) throw new Refusal(409, `The message ${target.id} can be read already`);
    const { recoverable: _kept, ...content } = sealed;
    const { details: _placeholder, ...rest } = message;
    this.#store({ phone: target.phone, message: { ...rest, ...content } });
  }

  /** For pages that ask: what the phone still has comes, what it has lost does not. */
  resend(target: Target): void {
    if (target.phone.chats.get(target.chatId)?.byId.get(target.id)?.sealed?.recoverable === true) this.decrypt(target);
  }

  #unpin(target: Target): void {
    this.#change(target, ({ pinned: _gone, ...copy }) => copy);
  }

  #change(
    target: Target,
    change: (copy: StoredMessage, phone: Phone) => StoredMessage,
    event?: (message: ReturnType<typeof messageRow>) => AccountEvent,
  ): void {
    for (const { phone, message } of this.#copies(target)) {
      this.#store({ phone, message: change(message, phone) }, event);
    }
    this.#world.flush();
  }

  #store(
    { phone, message }: Copy,
    event: (message: ReturnType<typeof messageRow>) => AccountEvent = (row) => ({
      kind: 'message-changed',
      message: row,
    }),
  ): void {
    this.#world.commit({ c: 'message-changed', phone: phone.number, message });
    this.#pages.tell(phone.number, event(messageRow(message)));
  }

  /** The message on every phone that has it: a chat between two accounts is there twice, a group chat many times. */
  #copies({ phone, chatId, id }: Target): readonly Copy[] {
    const places: readonly (readonly [Phone | undefined, string])[] = isGroupId(chatId)
      ? [...this.#world.phones.values()].map((one) => [one, chatId] as const)
      : [[phone, chatId] as const, [this.#world.phones.get(numberOf(chatId)), userId(phone.number)] as const];
    return places.flatMap(([one, chat]) => {
      const message = one?.chats.get(chat)?.byId.get(id);
      return one === undefined || message === undefined ? [] : [{ phone: one, message }];
    });
  }

  #isAuthor({ phone }: Target, message: StoredMessage, by: string): boolean {
    return by === (message.fromMe ? phone.number : (message.author ?? numberOf(message.chatId)));
  }

  #note(kind: LedgerKind, { phone, chatId, id }: Target, by: string, body?: string): void {
    this.#world.note(kind, {
      phone: phone.number,
      chatId,
      id,
      ...(by === phone.number ? {} : { customer: by }),
      ...(body === undefined ? {} : { body }),
    });
  }
}

function keyText(copy: StoredMessage, id: string, by: string, phone: Phone): string {
  const text = `${by === phone.number}_${copy.chatId}_${id}`;
  return isGroupId(copy.chatId) ? `${text}_${userId(by)}` : text;
}
