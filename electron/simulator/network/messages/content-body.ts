import type { MessageDetails } from '../../message-details';
import type { Body } from '../body';
import { chatOf } from '../control/control-table';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { Content } from './content';
import {
  buttonReply,
  contactsContent,
  eventContent,
  listReply,
  locationContent,
  orderContent,
  paymentContent,
  pollContent,
  productContent,
} from './content-kinds';
import { mediaContent } from './media-content';

/** Fields of a control call that say what somebody writes: at most one kind besides the text. */
const KINDS = [
  'media',
  'location',
  'contacts',
  'poll',
  'event',
  'order',
  'product',
  'payment',
  'buttonReply',
  'listReply',
] as const;
export const CONTENT_FIELDS = ['body', 'mentions', 'groupMentions', 'forwarded', 'undecryptable', ...KINDS] as const;

const MOST_FORWARDS = 127;

type Kind = (typeof KINDS)[number];
type Reader = (body: Body, network: Network, text: string | undefined) => Content;

const READERS: Readonly<Record<Kind, Reader>> = {
  media: (body, network, caption) => mediaContent(body, network, caption),
  location: (body) => locationContent(body),
  contacts: (body) => contactsContent(body),
  poll: (body) => pollContent(body),
  event: (body) => eventContent(body),
  order: (body, network) => orderContent(body, network),
  product: (body) => productContent(body),
  payment: (body, network) => paymentContent(body, network),
  buttonReply: (body) => buttonReply(body),
  listReply: (body) => listReply(body),
};

export function contentOf(network: Network, body: Body): Content {
  const kinds = KINDS.filter((kind) => body.has(kind));
  if (kinds.length > 1) throw new Refusal(400, `A message is one thing: ${kinds.join(' and ')} do not go together`);
  const [kind] = kinds;
  const content: Content =
    kind === undefined
      ? { type: 'chat', body: body.text('body'), ...previewOf(network, body.text('body')) }
      : READERS[kind](body, network, body.optionalText('body'));
  const mentions = body.optionalTexts('mentions')?.map(chatOf);
  const groupMentions = body
    .optionalTexts('groupMentions')
    ?.map((id) => ({ groupSubject: network.titleOf(id), groupJid: id }));
  const forwarded = body.optionalAmount('forwarded', 0, MOST_FORWARDS);
  const undecryptable = body.optionalOneOf('undecryptable', ['recoverable', 'lost'] as const);
  const more: MessageDetails = {
    ...(groupMentions === undefined ? {} : { groupMentions }),
    ...(forwarded === undefined || forwarded === 0 ? {} : { isForwarded: true, forwardingScore: forwarded }),
  };
  return {
    ...content,
    ...(Object.keys(more).length === 0 ? {} : { details: { ...content.details, ...more } }),
    ...(mentions === undefined ? {} : { mentions }),
    ...(undecryptable === undefined ? {} : { undecryptable }),
  };
}

function previewOf(network: Network, text: string): Pick<Content, 'details'> {
  const link = /https?:\/\/[^\s<>"']+/.exec(text)?.[0];
  const preview = link === undefined ? undefined : network.world.linkPreviews.get(link);
  if (link === undefined || preview === undefined) return {};
  return { details: { ...preview, matchedText: link, preview: true, subtype: 'url' } };
}
