import type { Client } from 'whatsapp-web.js';
import { chatIdSchema } from '../../contract/ids';
import type { EventPump } from '../event-pump';
import { isRaw } from '../raw-page';
import { messageKeyOf } from '../translate-message';
import { isConversation } from '../translate-wid';
import { evaluate, reasonOf } from './page-access';
import { newsFunction, watchPage } from './page-watch';

/** Hands what the page says it has done to the pump. Anything can come from a page. */
const take = (news: unknown, pump: EventPump): void => {
  if (!isRaw(news)) return;
  if (news['kind'] === 'message_removed') {
    const key = messageKeyOf(news['key']);
    if (key === undefined || !isConversation(key.chatId)) return;
    pump.report({ type: 'message_removed', chatId: key.chatId, messageId: key.messageId, fromMe: key.fromMe });
    return;
  }
  const chatId = chatIdSchema.safeParse(news['chatId']);
  if (!chatId.success || !isConversation(chatId.data)) return;
  if (news['kind'] === 'chat') pump.chat(chatId.data);
  else if (news['kind'] === 'emptied')
    pump.report({ type: 'chat_emptied', chatId: chatId.data, removed: news['removed'] === true });
};

/** Hears of what the library does not tell of, from every page that gets ready. */
export const listenToPage = (client: Client, pump: EventPump, warn: (message: string) => void): void => {
  let heardPage: Client['pupPage'];
  const listen = async (): Promise<void> => {
    const { pupPage } = client;
    // The ear stays when a page is loaded anew, its watch does not.
    if (pupPage && heardPage !== pupPage) {
      await pupPage.exposeFunction(newsFunction, (news: unknown) => take(news, pump));
      heardPage = pupPage;
    }
    await evaluate(client, watchPage, [newsFunction]);
  };
  client.on('ready', () => {
    listen().catch((error: unknown) => warn(`the page does not tell of deletions: ${reasonOf(error)}`));
  });
};
