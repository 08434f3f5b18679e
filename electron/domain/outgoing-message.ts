import type { MessageType } from '../contract/entities/message';
import type { OutgoingContent } from '../contract/entities/outgoing';

/** What WhatsApp makes of a file by its kind; what is in no line goes as a document. */
const typeByFamily: ReadonlyMap<string, MessageType> = new Map([
  ['image', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
]);

const mediaType = ({ form, mimetype }: Extract<OutgoingContent, { kind: 'media' }>): MessageType =>
  form === 'auto' ? (typeByFamily.get(mimetype.split('/', 1)[0]?.toLowerCase() ?? '') ?? 'document') : form;

/** The name on a contact card; empty when it has none. */
const nameOnCard = (vcard: string): string => {
  // A line that begins with a blank continues the one before.
  const lines = vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
  const field = (name: string): string | undefined => {
    // A field may belong to a group (`item1.FN`) and have parameters (`FN;CHARSET=UTF-8`).
    const line = lines.find((one) => one.split(/[:;]/, 1)[0]?.split('.').at(-1)?.toUpperCase() === name);
    return line?.slice(line.indexOf(':') + 1).trim();
  };
  const [family, given] = (field('N') ?? '').split(';');
  const composed = [given, family].filter((part) => part !== undefined && part !== '').join(' ');
  return (field('FN') ?? composed).replace(/\\([,;\\])/g, '$1');
};

/**
 * How a message on its way out is shown in its conversation: as WhatsApp Web will show it afterwards, so that the message
 * does not change when it is seen there.
 */
export const shownAs = (content: OutgoingContent): { readonly type: MessageType; readonly body: string } => {
  switch (content.kind) {
    case 'text':
      return { type: 'text', body: content.body };
    case 'media':
      return { type: mediaType(content), body: content.caption ?? '' };
    case 'location':
      return {
        type: 'location',
        body: [content.name, content.address].filter((line) => line !== undefined).join('\n'),
      };
    case 'contact':
      return { type: 'contact', body: nameOnCard(content.vcard) };
    case 'poll':
      return { type: 'poll', body: content.question };
    case 'status':
      return { type: 'text', body: content.body };
  }
};
