import type { PageSessions } from '../page-sessions';
import { chatRow, messageRow, peopleOf } from '../rows';
import type { Phone, StoredMessage } from '../state';
import type { World } from '../world';

/** Puts a message that nobody sent as such into an account's chat (a call, a new number, a status) and tells its pages. */
export function place(
  { world, pages }: { readonly world: World; readonly pages: PageSessions },
  phone: Phone,
  message: StoredMessage,
  options: { readonly unread: boolean },
): void {
  world.commit({ c: 'message', phone: phone.number, message, unread: options.unread });
  const chat = phone.chats.get(message.chatId);
  if (chat === undefined) return;
  pages.tell(phone.number, {
    kind: 'message',
    message: messageRow(message),
    chat: chatRow(chat),
    contacts: peopleOf(world, message.chatId, phone),
  });
}
