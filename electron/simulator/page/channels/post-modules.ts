import type { AccountStore } from '../chats/account-store';
import { define } from '../core/registry';
import { detailsOf } from '../messages/details';
import type { MsgModel } from '../messages/msg-model';
import { ServerStatusCodeError } from '../wire/server-status-code-error';
import type { Wire } from '../wire/wire';

/** Posting in a channel: the caller keeps the record of the message, sends it, and notes what the service answers. */
export function definePostModules(store: AccountStore, ask: Wire['request']): void {
  define('WAWebMsgDataFromModel', { msgDataFromMsgModel: (message: MsgModel) => message.serialize() });
  define('WAWebNewsletterUpdateMsgsRecordsJob', {
    addNewsletterMsgsRecords: async () => undefined,
    updateNewsletterMsgRecord: async (message: MsgModel) => {
      const channel = store.channels.channels.get(message.id.remote);
      channel?.set('lastReceivedKey', message.id);
      store.messages.add(message, { silent: true });
    },
  });
  define('WAWebNewsletterSendMessageJob', {
    sendNewsletterMessageJob: async ({ msg }: { readonly msg: MsgModel }) => {
      const details = detailsOf(msg.serialize());
      try {
        const { t, serverId } = await ask('channel-post', {
          chatId: msg.id.remote._serialized,
          id: msg.id.id,
          type: msg.type,
          body: msg.body ?? '',
          ...(details === undefined ? {} : { details }),
        });
        return { success: true, ack: { t }, serverId };
      } catch (error) {
        if (!(error instanceof ServerStatusCodeError)) throw error;
        return { success: false, error: error.statusCode };
      }
    },
  });
}
