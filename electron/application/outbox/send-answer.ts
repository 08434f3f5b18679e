import type { ObservedMessage } from '../../contract/entities/message';
import { OperationError } from '../../contract/errors';
import type { StoredSend } from '../ports/outbox-store';

/** What the page's answer to a send means for its row. */
export type SendAnswer =
  /** The page has it under our id. */
  | { readonly kind: 'handed'; readonly message: ObservedMessage }
  /** Nothing was asked: it keeps its place. */
  | { readonly kind: 'not_asked' }
  /** WhatsApp lets it not leave for now; it keeps its place. */
  | { readonly kind: 'limited'; readonly words: string; readonly retryAfterMs: number | undefined }
  /** It has certainly not left. */
  | { readonly kind: 'refused'; readonly words: string }
  /** The page made it under another id. */
  | { readonly kind: 'renamed'; readonly words: string }
  /** Only looking can tell. */
  | { readonly kind: 'unclear' };

export const answerOf = (row: StoredSend, message: ObservedMessage): SendAnswer => {
  const isOurs = message.id === row.messageId && message.chatId === row.chatId && message.fromMe;
  return isOurs ? { kind: 'handed', message } : { kind: 'unclear' };
};

export const answerOfError = (error: unknown): SendAnswer => {
  if (!(error instanceof OperationError)) return { kind: 'unclear' };
  if (error.effect === 'unknown') {
    const sentAs = error.data?.['sentAs'];
    return typeof sentAs === 'string'
      ? {
          kind: 'renamed',
          words: `WhatsApp Web made this message under another id (${sentAs}), so it is in the conversation a second time. Do not send it again.`,
        }
      : { kind: 'unclear' };
  }
  switch (error.code) {
    case 'SESSION_NOT_READY':
    case 'SESSION_PAGE_CHANGED':
    // The page or its processes went away before it was asked.
    case 'SESSION_CRASHED':
    case 'SESSION_TIMEOUT':
      return { kind: 'not_asked' };
    case 'LIMITED_BY_WHATSAPP':
      return { kind: 'limited', words: error.message, retryAfterMs: error.retryAfterMs };
    default:
      return { kind: 'refused', words: error.message };
  }
};
