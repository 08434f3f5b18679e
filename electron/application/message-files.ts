import {
  type Message,
  type MessageType,
  type MessageWithMedia,
  receivedMediaSchema,
} from '../contract/entities/message';
import { OperationError } from '../contract/errors';
import type { AccountId } from '../contract/ids';
import { limits } from '../contract/limits';
import { namedError } from './named-error';
import type { PageRequests } from './page-requests';
import type { Clock } from './ports/clock';

const typesWithFile: ReadonlySet<MessageType> = new Set<MessageType>([
  'image',
  'video',
  'audio',
  'voice',
  'document',
  'sticker',
]);

export interface MessageFilesPorts {
  readonly page: Pick<PageRequests, 'ask'>;
  readonly clock: Clock;
  readonly labelOf: (accountId: AccountId) => string | undefined;
}

type Media = NonNullable<MessageWithMedia['media']>;

const tooMuch = ({ id, accountId }: Message, bound: string): OperationError =>
  new OperationError(
    'MEDIA_REFUSED',
    `The file of message ${id} (messageId) of account ${accountId} was not fetched: ${bound}. Fetch it by itself (messages.getMedia).`,
  );

/** The messages with their files, as far as they can be had within the limits; the newest go first, one after the other. */
export const withFiles = async (
  messages: readonly Message[],
  { page, clock, labelOf }: MessageFilesPorts,
): Promise<MessageWithMedia[]> => {
  const endMs = clock.nowMs() + limits.mediaAtOnceMs;
  let files = 0;
  let bytes = 0;

  const fetchFile = async (message: Message): Promise<Media> => {
    const { accountId, chatId, id: messageId } = message;
    if (files >= limits.mediaAtOnce) throw tooMuch(message, `one answer has ${limits.mediaAtOnce} files at most`);
    const maxBytes = limits.mediaAtOnceBytes - bytes;
    if (maxBytes <= 0) throw tooMuch(message, 'those before it have filled the answer');
    if (clock.nowMs() >= endMs) throw tooMuch(message, 'those before it took too long');
    const answer = await page.ask('messages.getMedia', { accountId, chatId, messageId, maxBytes });
    const media = receivedMediaSchema.parse(answer);
    files += 1;
    bytes += media.size;
    return { state: 'fetched', ...media };
  };

  const mediaOf = async (message: Message): Promise<Media> => {
    try {
      return await fetchFile(message);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      const { code, message: problem } = namedError(error, labelOf);
      return { state: 'missing', code, problem };
    }
  };

  const newestFirst: MessageWithMedia[] = [];
  for (const message of messages.toReversed()) {
    newestFirst.push(typesWithFile.has(message.type) ? { ...message, media: await mediaOf(message) } : message);
  }
  return newestFirst.toReversed();
};
