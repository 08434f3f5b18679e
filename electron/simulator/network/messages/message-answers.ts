import type { MessageRequests } from '../../message-frames';
import type { Answers, Linked } from '../answers';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import { messageRow } from '../rows';
import type { Target } from './message-actions';
import { findOrder, findProduct, messageInfo, searchMessages } from './message-queries';

const LARGEST_MEDIA_BYTES = 100 * 1024 * 1024;

/** What linked pages may ask and do about messages and media. */
export function messageAnswers(network: Network): Pick<Answers, keyof MessageRequests> {
  const { world, actions, media } = network;
  const target = ({ phone }: Linked, { chatId, id }: { chatId: string; id: string }): Target => ({ phone, chatId, id });
  return {
    upload: (_page, { bytes }, answer) => {
      if (bytes.length === 0) throw new Refusal(400, 'A file without content cannot be sent');
      if (bytes.length > LARGEST_MEDIA_BYTES) throw new Refusal(413, `A file has at most ${LARGEST_MEDIA_BYTES} bytes`);
      answer(media.put(bytes, world.now()));
    },
    download: (_page, { directPath }, answer) => {
      const bytes = media.get(directPath);
      if (bytes === undefined) throw new Refusal(404, 'The phone has deleted this file');
      answer({ bytes });
    },
    edit: (page, { text, mentions, details, ...ref }, answer) => {
      actions.edit(target(page, ref), page.phone.number, {
        text,
        ...(mentions === undefined ? {} : { mentions }),
        ...(details === undefined ? {} : { details }),
      });
      answer({});
    },
    revoke: (page, ref, answer) => {
      actions.revoke(target(page, ref), page.phone.number);
      answer({});
    },
    'delete-for-me': (page, ref, answer) => {
      actions.deleteForMe(target(page, ref));
      answer({});
    },
    star: (page, { star, ...ref }, answer) => {
      actions.star(target(page, ref), star);
      answer({});
    },
    react: (page, { text, ...ref }, answer) => {
      actions.react(target(page, ref), page.phone.number, text);
      answer({});
    },
    reactions: (page, ref, answer) =>
      answer({ reactions: Object.values(actions.find(target(page, ref)).reactions ?? {}) }),
    vote: (page, { options, ...ref }, answer) => {
      actions.vote(target(page, ref), page.phone.number, options);
      answer({});
    },
    votes: (page, ref, answer) => answer({ votes: Object.values(actions.find(target(page, ref)).votes ?? {}) }),
    pin: (page, { forS, ...ref }, answer) => {
      actions.pin(target(page, ref), page.phone.number, forS);
      answer({});
    },
    pins: ({ phone }, { chatId }, answer) => answer({ messages: actions.pinned(phone, chatId).map(messageRow) }),
    'message-info': (page, ref, answer) => answer(messageInfo(actions.find(target(page, ref)))),
    search: ({ phone }, search, answer) => answer({ messages: searchMessages(phone, search).map(messageRow) }),
    'edit-event': (page, { details, ...ref }, answer) => {
      actions.editEvent(target(page, ref), page.phone.number, details);
      answer({});
    },
    'answer-event': (page, { response, ...ref }, answer) => {
      actions.answerEvent(target(page, ref), page.phone.number, response);
      answer({});
    },
    resend: (page, { messages }, answer) => {
      for (const ref of messages) actions.resend(target(page, ref));
      answer({});
    },
    'link-preview': (_page, { url }, answer) => answer(world.linkPreviews.get(url) ?? {}),
    order: ({ phone }, { orderId, token }, answer) => {
      const order = findOrder(phone, orderId, token);
      answer(order === undefined ? {} : { order });
    },
    product: ({ phone }, { productId }, answer) => {
      const product = findProduct(phone, productId);
      answer(product === undefined ? {} : { product });
    },
  };
}
