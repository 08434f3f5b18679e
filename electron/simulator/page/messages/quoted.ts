import type { AccountStore } from '../chats/account-store';
import { MsgKey } from '../core/msg-key';
import { MsgModel } from './msg-model';

/** The message that was answered: itself when it is here, else what the answer remembers of it. */
export function quotedOf(store: AccountStore, message: MsgModel): MsgModel {
  const id = message.quotedStanzaID ?? '';
  const participant = message.quotedParticipant;
  const remote = message.id.remote;
  const fromMe = participant?.equals(store.me) === true;
  const key = new MsgKey({ fromMe, remote, id, participant: remote.isGroup() ? participant : undefined });
  const known = store.messages.get(key);
  if (known !== undefined) return known;
  const from = participant ?? remote;
  return new MsgModel({
    type: 'chat',
    body: '',
    ...message.quotedMsg,
    id: key,
    from,
    to: fromMe ? remote : store.me,
    ack: fromMe ? 1 : 0,
    isNewMsg: false,
  });
}
