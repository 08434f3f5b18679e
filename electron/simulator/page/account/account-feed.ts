import type { AccountChangeEvent } from '../../account-frames';
import type { ContactRow, MeRow } from '../../frames';
import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import type { ConnModel } from '../session/conn-model';

type AccountEvent = AccountChangeEvent<ContactRow, MeRow>;

/** What happens to an account beside its messages, taken over into the models. */
export function applyAccountEvent(store: AccountStore, conn: ConnModel, event: AccountEvent): void {
  switch (event.kind) {
    case 'contacts':
      store.people.take(event.contacts);
      return;
    case 'me':
      conn.linkedAs(event.me);
      store.contacts.get(store.me)?.set('pushname', event.me.pushname);
      return;
    case 'labels':
      store.labels.told(event.labels);
      return;
    case 'chat-emptied': {
      const chat = store.chats.get(event.chatId);
      if (chat !== undefined) emptied(store, chat, event.gone);
      return;
    }
    case 'presence':
      store.presences.told(event.chatId, event.id, event.state);
      return;
    case 'call':
      store.calls.rings(event.call);
      return;
    case 'call-ended':
      store.calls.ended(event.id, event.outcome);
      return;
  }
}

function emptied(store: AccountStore, chat: ChatModel, gone: boolean): void {
  // Silently: these messages were not deleted one by one.
  store.messages.discard(chat.msgs.getModelsArray());
  chat.msgs.reset();
  chat.set({ lastReceivedKey: undefined, unreadCount: 0 });
  if (gone) store.removeChat(chat);
}
