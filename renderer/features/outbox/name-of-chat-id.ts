import type { ChatId } from '../../../electron/contract/ids';

/** What a chat is called while only its id is known: its number, or what kind of chat it is. */
export const nameOfChatId = (chatId: ChatId): string => {
  const [user = '', server] = chatId.split('@');
  switch (server) {
    case 'c.us':
      return `+${user}`;
    case 'g.us':
      return 'Group';
    case 'newsletter':
      return 'Channel';
    case 'broadcast':
      return user === 'status' ? 'Status' : 'Broadcast list';
    default:
      return 'Person without a known number';
  }
};
