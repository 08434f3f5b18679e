import type { AccountStore } from '../chats/account-store';
import type { ChatModel } from '../chats/chat-model';
import { MsgKey } from '../core/msg-key';
import { requireModule } from '../core/registry';

type AddAndSend = (
  chat: ChatModel,
  message: object,
) => readonly [Promise<unknown>, Promise<{ readonly messageSendResult: string }>];

/** Sends a message that WhatsApp Web makes up by itself, such as an invitation, the way callers send theirs. */
export async function sendCard(
  store: AccountStore,
  chat: ChatModel,
  card: { readonly type: string; readonly body: string } & Readonly<Record<string, unknown>>,
): Promise<{ readonly messageSendResult: string }> {
  // Both through their modules: callers replace the one, and the other is where sending is.
  const id = await (requireModule('WAWebMsgKey') as typeof MsgKey).newId();
  const { addAndSendMsgToChat } = requireModule('WAWebSendMsgChatAction') as { addAndSendMsgToChat: AddAndSend };
  const [added, sent] = addAndSendMsgToChat(chat, {
    ...card,
    id: new MsgKey({ from: store.me, to: chat.id, id, selfDir: 'out' }),
    from: store.me,
    to: chat.id,
    self: 'out',
    t: Math.floor(Date.now() / 1000),
    ack: 0,
    isNewMsg: true,
    local: true,
  });
  await added;
  return sent;
}
