import type { Client } from 'whatsapp-web.js';
import type { OutgoingContent } from '../../contract/entities/outgoing';
import type { WorkerRequestInput } from '../../contract/frames';
import type { MessageId } from '../../contract/ids';
import { evaluate, isPageGone, reasonOf } from './page-access';
import { postTextStatus, prepareMediaStatus, type StatusOutlook } from './page-status';
import type { SendRefusals } from './send-refusals';

type TextStatus = Extract<OutgoingContent, { readonly kind: 'status' }>;

/** WhatsApp Web's names of the media that can be a status. */
const mediaTypes = ['image', 'video', 'gif'];
/** Longer than whoever sends waits: it is up to them whether a send that does not end is given up. */
const postLimitMs = 100_000;

/** What a text status looks like, in the page's words. */
const lookOf = ({ body, backgroundColor, font }: TextStatus) => ({
  // ARGB, opaque.
  color: Number.parseInt(`ff${backgroundColor.slice(1)}`, 16),
  font,
  text: body,
});

/** Where statuses go another way than messages of chats. */
export class StatusPoster {
  readonly #client: Client;
  readonly #refusals: SendRefusals;

  constructor(client: Client, refusals: SendRefusals) {
    this.#client = client;
    this.#refusals = refusals;
  }

  /** Everything that may fail without a status having been made. Media is handed over by the library from here on, a text is not. */
  async prepare({ chatId, messageId, content, quotedMessageId }: WorkerRequestInput<'send'>): Promise<void> {
    const isMedia = content.kind === 'media' && content.form === 'auto';
    if ((!isMedia && content.kind !== 'status') || quotedMessageId !== undefined) {
      throw this.#refusals.notForThere(chatId, content);
    }
    if (!isMedia) return;
    let outlook: StatusOutlook;
    try {
      outlook = await evaluate(this.#client, prepareMediaStatus, [messageId, mediaTypes]);
    } catch (error) {
      if (isPageGone(error)) throw this.#refusals.notReady(reasonOf(error), error);
      throw this.#refusals.notHanded(reasonOf(error), error);
    }
    if (outlook === 'no_way') throw this.#refusals.noStatusWay();
  }

  async postText(messageId: MessageId, status: TextStatus): Promise<void> {
    const outlook = await evaluate(this.#client, postTextStatus, [messageId, lookOf(status)], postLimitMs);
    if (outlook === 'no_way') throw this.#refusals.noStatusWay();
  }
}
