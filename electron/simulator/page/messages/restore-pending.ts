import type { AccountStore } from '../chats/account-store';
import type { Session } from '../session/session';
import type { PendingMessage } from './outbox';
import { followed } from './send';

/** Shows the messages that an earlier page wrote and did not get rid of, and follows those that go out now. */
export async function restorePending(store: AccountStore, session: Session): Promise<void> {
  await session.outbox.restore(session.moods.pending, ({ draft, t, refused }: PendingMessage, sent) => {
    const model = store.restoreOwn({ ...draft, fromMe: true, t, ack: refused === true ? -1 : 0 });
    if (sent !== undefined) void followed(model, sent);
  });
}
