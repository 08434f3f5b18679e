import type { MessageDetails } from '../../message-details';
import type { OrderRow } from '../../message-frames';
import type { SealedContent, StoredMessage } from '../state';

/** What a message says, whoever writes it to whom. */
export interface Content {
  readonly type: string;
  readonly body: string;
  readonly details?: MessageDetails;
  readonly mentions?: readonly string[];
  readonly order?: OrderRow;
  /** Arrives on linked devices as something that they cannot decrypt; the phone has it, or has lost it for them. */
  readonly undecryptable?: 'recoverable' | 'lost';
}

/** The part of a stored message that is its content. */
export type StoredContent = Pick<StoredMessage, 'type' | 'body' | 'details' | 'mentions' | 'order' | 'sealed'>;

export function textContent(body: string): Content {
  return { type: 'chat', body };
}

export function asContent(content: Content | string): Content {
  return typeof content === 'string' ? textContent(content) : content;
}

/** How content arrives on a phone that has linked devices: what these cannot show is sealed. */
export function received(content: Content): StoredContent {
  const { type, body, details, mentions } = content;
  const viewOnce = details?.isViewOnce === true;
  if (!viewOnce && content.undecryptable === undefined) {
    return {
      type,
      body,
      ...(details === undefined ? {} : { details }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(content.order === undefined ? {} : { order: content.order }),
    };
  }
  const sealed: SealedContent = {
    type,
    body,
    ...(details === undefined ? {} : { details }),
    recoverable: !viewOnce && content.undecryptable === 'recoverable',
  };
  // Linked devices never get what may be seen once; they say to look at the phone.
  const placeholder = viewOnce ? { details: { subtype: 'view_once_unavailable_fanout' } } : {};
  return { type: 'ciphertext', body: '', sealed, ...placeholder };
}

/** The text that people see: of media the caption, not the bytes of the small picture. */
export function shownText({ body, details }: Pick<StoredMessage, 'body' | 'details'>): string {
  return details?.directPath === undefined ? body : (details.caption ?? '');
}
