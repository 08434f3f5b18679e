import { limits } from '../../electron/contract/limits';
import type { Call } from '../bridge/call';
import { messageOf } from '../bridge/call-error';
import type { StoreAccess } from './console-store';
import type { ConversationActions } from './conversation-actions';
import { type ChatKey, partsOfChatKey } from './keys';
import type { UiActions } from './ui-actions';

/** What became of a press of Send. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  /** Nothing was done: the same text is on its way already, or there is none. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'refused'; readonly problem: string };

export interface SendActions {
  /**
   * Sends the chat's draft. One press is one message: a second press while the first is on its way does nothing, and a
   * press after a refusal uses the same idempotency key as long as the text is the same. The draft goes when main has it.
   */
  sendDraft(key: ChatKey): Promise<SendOutcome>;
  /** Sends a failed message's text once more, as a new message. */
  sendAgain(key: ChatKey, body: string): Promise<void>;
}

/** Whether the text can be sent as it stands. */
export const isSendable = (text: string): boolean => text.trim() !== '' && text.length <= limits.messageBodyLength;

interface Attempt {
  readonly body: string;
  readonly idempotencyKey: string;
}

export const createSendActions = (
  { get }: StoreAccess,
  call: Call,
  newKey: () => string,
  {
    takeAnswered,
    setDraft,
    showToast,
  }: Pick<ConversationActions, 'takeAnswered'> & Pick<UiActions, 'setDraft' | 'showToast'>,
): SendActions => {
  const underway = new Set<ChatKey>();
  const refused = new Map<ChatKey, Attempt>();

  const send = async (key: ChatKey, attempt: Attempt): Promise<void> => {
    const { message } = await call('messages.send', { ...partsOfChatKey(key), ...attempt });
    takeAnswered(key, message);
  };

  return {
    sendDraft: async (key) => {
      const body = get().drafts[key] ?? '';
      if (underway.has(key) || !isSendable(body)) return { kind: 'ignored' };
      const before = refused.get(key);
      const attempt = before?.body === body ? before : { body, idempotencyKey: newKey() };
      underway.add(key);
      try {
        await send(key, attempt);
        refused.delete(key);
        // What was typed while the message was on its way stays.
        const now = get().drafts[key] ?? '';
        setDraft(key, now.startsWith(body) ? now.slice(body.length) : now);
        return { kind: 'accepted' };
      } catch (thrown) {
        refused.set(key, attempt);
        return { kind: 'refused', problem: messageOf(thrown) };
      } finally {
        underway.delete(key);
      }
    },
    sendAgain: async (key, body) => {
      try {
        await send(key, { body, idempotencyKey: newKey() });
      } catch (thrown) {
        showToast('bad', messageOf(thrown));
      }
    },
  };
};
