import { type ForwardedContent, forwardedContentSchema } from '../../../contract/entities/outgoing';
import { OperationError } from '../../../contract/errors';
import { limits } from '../../../contract/limits';
import type { FoundMessage, MessageTarget, PageView } from './found-message';
import { downloadMedia } from './message-media';
import type { ActionPage } from './page-actions';

/** WhatsApp's names of what has a file, and what a new message shall make of it. */
const forms = {
  image: 'auto',
  video: 'auto',
  audio: 'auto',
  document: 'document',
  ptt: 'voice',
  sticker: 'sticker',
} as const;

const hasFile = (type: string): type is keyof typeof forms => Object.hasOwn(forms, type);

/** A name for a file whose sender gave it none: `image.jpeg`. */
const nameOf = (type: string, mimetype: string): string => {
  const ending = /^[\w.-]+\/([\w.+-]+)/.exec(mimetype)?.[1] ?? 'bin';
  return `${type === 'ptt' ? 'voice' : type}.${ending}`;
};

const wordsOf = (text: unknown): readonly string[] =>
  typeof text === 'string'
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    : [];

/** Everything but files, as far as it can be told what it is. */
const plainContent = (view: PageView): unknown => {
  switch (view.type) {
    case 'chat':
      return { kind: 'text', body: view.body };
    case 'location': {
      const [name, ...address] = wordsOf(view.place);
      return {
        kind: 'location',
        latitude: view.latitude,
        longitude: view.longitude,
        ...(name === undefined ? {} : { name }),
        ...(address.length === 0 ? {} : { address: address.join(', ') }),
      };
    }
    case 'vcard':
      return { kind: 'contact', vcard: view.body };
    case 'poll_creation':
      return {
        kind: 'poll',
        question: (view.message as { readonly pollName?: unknown }).pollName,
        options: view.pollOptions,
        multipleAnswers: view.pollTakesSeveral,
      };
    default:
      return undefined;
  }
};

/** What a message consists of, as the content of a new one. Rejects with NOT_SUPPORTED, MEDIA_NOT_FOUND, MEDIA_REFUSED. */
export const forwardedContent = async (
  page: ActionPage,
  target: MessageTarget,
  found: FoundMessage,
): Promise<ForwardedContent> => {
  const { view } = found;
  const notSupported = (why: string): OperationError =>
    new OperationError(
      'NOT_SUPPORTED',
      `Account ${page.accountId} cannot forward message ${target.messageId} (messageId): ${why}. Forward it in the account’s own window or on the phone.`,
      { data: { accountId: page.accountId, messageId: target.messageId, type: view.type } },
    );
  if (view.isViewOnce) throw notSupported('it may be seen only once');
  let content = plainContent(view);
  if (hasFile(view.type)) {
    const { data, mimetype, filename } = await downloadMedia(page, target, found);
    const { caption } = view.message as { readonly caption?: unknown };
    content = {
      kind: 'media',
      form: forms[view.type],
      mimetype,
      filename: (filename ?? nameOf(view.type, mimetype)).slice(0, limits.filenameLength),
      ...(typeof caption === 'string' && caption !== '' ? { caption } : {}),
      data,
    };
  }
  if (content === undefined) throw notSupported(`Switchboard cannot send messages of its kind (${view.type})`);
  const parsed = forwardedContentSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw notSupported(`its ${issue?.path.join('.') || 'content'} ${issue?.message ?? 'is not what can be sent'}`);
};
