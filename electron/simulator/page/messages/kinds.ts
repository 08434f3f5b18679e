import type { MessageDetails } from '../../message-details';
import type { AccountStore } from '../chats/account-store';
import { MsgKey } from '../core/msg-key';
import { define } from '../core/registry';
import { createWid, type WidLike } from '../core/wid';
import { encodeB64 } from '../session/qr-text';
import type { Session } from '../session/session';
import { refOf } from './actions';
import { detailsOf } from './details';
import type { MsgModel } from './msg-model';
import { parseVcard, vcardFromContactModel, vcardGetNameFromParsed } from './vcards';

interface EventChange {
  readonly name: string;
  readonly description?: string;
  /** Seconds. */
  readonly startTime: number;
  readonly endTime?: number | null;
  readonly location?: string;
  readonly callType?: string;
  readonly isEventCanceled: boolean;
}

/** Polls, events, contact cards, orders: what only messages of one kind can do. */
export function defineMessageKinds(store: AccountStore, session: Session): void {
  const { wire } = session;
  define('WAWebPollsSendVoteMsgAction', {
    sendVote: async (message: MsgModel, chosen: ReadonlySet<number>) => {
      await wire.request('vote', { ...refOf(message), options: [...chosen] });
    },
  });
  define('WAWebPollsVotesSchema', {
    getTable: () => ({
      equals: async (_columns: readonly string[], parent: string) => {
        const key = MsgKey.fromString(parent);
        const { votes } = await wire.request('votes', { chatId: key.remote._serialized, id: key.id });
        return votes.map(({ sender, options, timestampMs }) => ({
          sender,
          selectedOptionLocalIds: [...options],
          senderTimestampMs: timestampMs,
          parentMsgKey: parent,
        }));
      },
    }),
  });

  define('WAWebGenerateEventCallLink', { createEventCallLink });
  define('WAWebSendEventEditMsgAction', {
    sendEventEditMessage: async (change: EventChange, message: MsgModel) => {
      await wire.request('edit-event', { ...refOf(message), details: await eventDetails(change, message) });
    },
  });
  define('WAWebSendEventResponseMsgAction', {
    sendEventResponseMsg: async (response: number, message: MsgModel) => {
      await wire.request('answer-event', { ...refOf(message), response });
    },
  });

  define('WAWebFrontendVcardUtils', { vcardFromContactModel });
  define('WAWebVcardParsingUtils', { parseVcard });
  define('WAWebVcardGetNameFromParsed', { vcardGetNameFromParsed });

  define('WAWebBizOrderBridge', {
    queryOrder: async (_seller: unknown, orderId: string, _width: number, _height: number, token: string) =>
      (await wire.request('order', { orderId, token })).order,
  });
  define('WAWebBizProductCatalogBridge', {
    queryProduct: async (_seller: unknown, productId: string) => {
      const { product } = await wire.request('product', { productId });
      if (product === undefined) return null;
      const { id, retailerId, name, description } = product;
      return { data: { id, retailer_id: retailerId, name, description } };
    },
  });

  define('WAWebBotMessageSecret', {
    genBotMsgSecretFromMsgSecret: async (secret: Uint8Array<ArrayBuffer>) =>
      new Uint8Array(await crypto.subtle.digest('SHA-256', secret)),
  });
  define('WAWebBotProfileCollection', {
    BotProfileCollection: { get: (id: WidLike) => ({ id: createWid(id), personaId: `${createWid(id).user}$1` }) },
  });
  define('WAWebNonMessageDataRequestPlaceholderMessageResendUtils', {
    handlePlaceholderMsgsSeen: async (messages: readonly MsgModel[]) => {
      await wire.request('resend', {
        messages: messages.filter((one) => store.messages.get(one.id) === one).map(refOf),
      });
    },
  });
  // The page of a link is never fetched; what has a preview here is what the network was told about.
  define('WAWebLinkPreviewChatAction', {
    getLinkPreview: async ({ href, text }: { readonly href: string; readonly text: string }) => {
      const preview = await wire.request('link-preview', { url: href });
      if (preview.title === undefined) return { url: href };
      return { url: href, data: { ...preview, matchedText: text, canonicalUrl: href } };
    },
  });
}

async function createEventCallLink(_startS: number, callType: string | undefined): Promise<string | null> {
  if (callType !== 'video' && callType !== 'voice') return null;
  const code = encodeB64(crypto.getRandomValues(new Uint8Array(18))).replace(/[^A-Za-z0-9]/g, 'x');
  return `https://call.whatsapp.com/${callType}/${code.slice(0, 22)}`;
}

async function eventDetails(change: EventChange, message: MsgModel): Promise<MessageDetails> {
  const { location, callType } = change;
  const link =
    callType === undefined ? message.get('eventJoinLink') : await createEventCallLink(change.startTime, callType);
  return (
    detailsOf({
      eventName: change.name,
      eventDescription: change.description,
      eventStartTime: change.startTime,
      eventEndTime: change.endTime,
      ...(location === undefined || location === ''
        ? {}
        : { eventLocation: { degreesLatitude: 0, degreesLongitude: 0, name: location } }),
      eventJoinLink: link,
      isEventCanceled: change.isEventCanceled,
    }) ?? {}
  );
}
