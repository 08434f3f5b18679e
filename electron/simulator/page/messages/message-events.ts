import type { MessageChangeEvent, ReactionRow, VoteRow } from '../../message-frames';
import type { AccountStore } from '../chats/account-store';
import { MsgKey } from '../core/msg-key';
import { requireModule } from '../core/registry';
import { createWid } from '../core/wid';
import type { MsgModel } from './msg-model';

interface Table {
  bulkUpsert(rows: readonly object[]): Promise<unknown>;
}

/** Takes over what happened to a message. Reactions and votes go through tables, where the library listens. */
export function applyMessageChange(store: AccountStore, event: MessageChangeEvent): void {
  const key = store.keyOf(event.message);
  const known = store.messages.get(key);
  if (event.kind === 'message-removed') {
    if (known !== undefined) store.forget(known);
    return;
  }
  known?.update(event.message, { me: store.me, isNewMsg: false });
  // The library replaces these functions, so each is looked up when it is called.
  if (event.kind === 'reaction') {
    const { reactionTableMode } = requireModule('WAWebAddonReactionTableMode') as { reactionTableMode: Table };
    void reactionTableMode.bulkUpsert([reactionRow(store, key, event.reaction)]);
  } else if (event.kind === 'vote') {
    const { pollVoteTableMode } = requireModule('WAWebAddonPollVoteTableMode') as { pollVoteTableMode: Table };
    void pollVoteTableMode.bulkUpsert([voteRow(store, key, event.vote)]);
  }
}

function reactionRow(store: AccountStore, parent: MsgKey, { id, sender, text, timestampMs }: ReactionRow): object {
  const from = createWid(sender);
  return {
    id: addonKey(store, parent, id, sender),
    reactionParentKey: parent,
    reactionText: text,
    reactionTimestamp: timestampMs,
    from,
    author: from,
    ack: 1,
    orphan: 0,
    orphanReason: null,
    read: from.equals(store.me),
    t: Math.floor(timestampMs / 1000),
  };
}

function voteRow(store: AccountStore, parent: MsgKey, { id, sender, options, timestampMs }: VoteRow): object {
  const from = createWid(sender);
  return {
    id: addonKey(store, parent, id, sender),
    pollUpdateParentKey: parent,
    selectedOptionLocalIds: [...options],
    senderTimestampMs: timestampMs,
    from,
    author: from,
    t: timestampMs,
    read: from.equals(store.me),
  };
}

/** The key of the message that brings a reaction or a vote. */
export function addonKey(store: AccountStore, parent: MsgKey, id: string, sender: string): MsgKey {
  const participant = parent.remote.isGroup() ? createWid(sender) : undefined;
  return new MsgKey({ fromMe: createWid(sender).equals(store.me), remote: parent.remote, id, participant });
}

/** Reactions by emoji, as the collection of reactions shows them. */
export function reactionGroups(store: AccountStore, parent: MsgModel, rows: readonly ReactionRow[]): readonly object[] {
  const emojis = [...new Set(rows.map(({ text }) => text))];
  return emojis.map((emoji) => {
    const senders = rows.filter(({ text }) => text === emoji);
    return {
      id: emoji,
      aggregateEmoji: emoji,
      hasReactionByMe: senders.some(({ sender }) => createWid(sender).equals(store.me)),
      senders: senders.map(({ id, sender, text, timestampMs }) => ({
        msgKey: addonKey(store, parent.id, id, sender),
        parentMsgKey: parent.id,
        senderUserJid: sender,
        timestamp: timestampMs,
        reactionText: text,
        read: true,
        orphan: 0,
        orphanReason: null,
        ack: 1,
      })),
    };
  });
}
