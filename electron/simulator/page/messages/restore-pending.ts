import type { SendResult } from '../../frames';
import type { AccountStore } from '../chats/account-store';
import type { Session } from '../session/session';
import type { MsgModel } from './msg-model';
import type { PendingMessage } from './outbox';

/** Shows the messages that an earlier page wrote and did not get rid of, and follows those that go out now. */
export async function restorePending(store: AccountStore, session: Session): Promise<void> {
  await session.outbox.restore(session.moods.pending, ({ draft, t }: PendingMessage, sent) => {
    const model = store.restoreOwn({ ...draft, fromMe: true, t, ack: 0 });
    if (sent !== undefined) void follow(model, sent);
  });
}

async function follow(model: MsgModel, sent: Promise<SendResult>): Promise<void> {
  try {
    const { t, ack, asTold } = await sent;
    model.set('t', t);
    model.updateAck(ack, asTold === true);
  } catch {
    model.updateAck(-1);
  }
}
