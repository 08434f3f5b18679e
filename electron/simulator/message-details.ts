/**
 * What messages carry besides type and text, under WhatsApp's own names. JSON only: ids as text, bytes as lists of numbers,
 * times in seconds unless the name ends in `Ms`.
 */
export interface MessageDetails {
  /** The kind behind the type: "url" for a text with a preview, or why a linked device cannot show a message. */
  readonly subtype?: string;

  readonly caption?: string;
  readonly mimetype?: string;
  readonly filename?: string;
  /** Bytes. */
  readonly size?: number;
  readonly filehash?: string;
  readonly encFilehash?: string;
  /** Where the bytes are; a message that has one has media. */
  readonly directPath?: string;
  readonly mediaKey?: string;
  readonly mediaKeyTimestamp?: number;
  readonly uploadhash?: string;
  readonly deprecatedMms3Url?: string;
  /** The media's address, or a location's link. */
  readonly clientUrl?: string;
  readonly width?: number;
  readonly height?: number;
  /** Seconds, as text. */
  readonly duration?: string;
  readonly waveform?: readonly number[];
  readonly pageCount?: number;
  readonly isGif?: boolean;
  readonly isAnimated?: boolean;
  readonly isViewOnce?: boolean;

  /** Name and address, one line each. */
  readonly loc?: string;
  readonly lat?: number;
  readonly lng?: number;

  readonly vcardFormattedName?: string;
  readonly vcardList?: readonly { readonly vcard: string; readonly displayName: string }[];

  readonly pollName?: string;
  readonly pollOptions?: readonly { readonly name: string; readonly localId: number }[];
  /** 0: any number of options, 1: one. */
  readonly pollSelectableOptionsCount?: number;
  readonly messageSecret?: readonly number[];

  readonly eventName?: string;
  readonly eventDescription?: string;
  readonly eventStartTime?: number;
  readonly eventEndTime?: number;
  readonly eventLocation?: {
    readonly degreesLatitude: number;
    readonly degreesLongitude: number;
    readonly name: string;
  };
  readonly eventJoinLink?: string;
  readonly isEventCanceled?: boolean;

  /** Of a link preview, a product or a message with buttons. */
  readonly title?: string;
  readonly description?: string;
  readonly matchedText?: string;
  readonly thumbnail?: string;
  readonly footer?: string;
  readonly preview?: boolean;

  readonly isForwarded?: boolean;
  readonly forwardingScore?: number;
  readonly groupMentions?: readonly { readonly groupSubject: string; readonly groupJid: string }[];

  readonly isDynamicReplyButtonsMsg?: boolean;
  readonly dynamicReplyButtons?: readonly object[];
  readonly replyButtons?: readonly object[];
  readonly list?: object;
  readonly selectedButtonId?: string;
  readonly listResponse?: { readonly title: string; readonly singleSelectReply: { readonly selectedRowId: string } };

  readonly orderId?: string;
  readonly token?: string;
  readonly orderTitle?: string;
  readonly itemCount?: number;
  readonly totalAmount1000?: number;
  readonly totalCurrencyCode?: string;
  readonly sellerJid?: string;
  readonly businessOwnerJid?: string;
  readonly productId?: string;
  readonly priceAmount1000?: number;
  readonly currencyCode?: string;
  readonly retailerId?: string;

  readonly paymentCurrency?: string;
  readonly paymentAmount1000?: number;
  readonly paymentMessageReceiverJid?: string;
  readonly paymentTransactionTimestamp?: number;
  readonly paymentStatus?: number;
  readonly paymentTxnStatus?: number;
  readonly paymentNoteMsg?: { readonly body: string };

  readonly inviteCode?: string;
  readonly inviteCodeExp?: number;
  readonly inviteGrp?: string;
  readonly inviteGrpName?: string;

  readonly newsletterJid?: string;
  readonly newsletterName?: string;
  readonly inviteExpiration?: number;
  /** The number of a post in its channel. */
  readonly serverId?: number;

  readonly invokedBotWid?: string;
  readonly botPersonaId?: string;

  /** How a call ended. */
  readonly callOutcome?: string;
  /** Seconds. */
  readonly callDuration?: number;
  readonly isVideoCall?: boolean;
  /** Of a changed number: the new id and the old one. */
  readonly templateParams?: readonly string[];
  /** Of a text status: ARGB. */
  readonly backgroundColor?: number;
  readonly font?: number;

  /** Seconds after which the message disappears. */
  readonly ephemeralDuration?: number;

  readonly latestEditSenderTimestampMs?: number;
  /** The key of the message that brought the last edit. */
  readonly latestEditMsgKey?: string;
  readonly revokeSender?: string;
  readonly revokeTimestamp?: number;
}

export type DetailName = keyof MessageDetails;

const NAMED: { readonly [Name in DetailName]-?: true } = {
  subtype: true,
  callOutcome: true,
  callDuration: true,
  isVideoCall: true,
  templateParams: true,
  backgroundColor: true,
  font: true,
  caption: true,
  mimetype: true,
  filename: true,
  size: true,
  filehash: true,
  encFilehash: true,
  directPath: true,
  mediaKey: true,
  mediaKeyTimestamp: true,
  uploadhash: true,
  deprecatedMms3Url: true,
  clientUrl: true,
  width: true,
  height: true,
  duration: true,
  waveform: true,
  pageCount: true,
  isGif: true,
  isAnimated: true,
  isViewOnce: true,
  loc: true,
  lat: true,
  lng: true,
  vcardFormattedName: true,
  vcardList: true,
  pollName: true,
  pollOptions: true,
  pollSelectableOptionsCount: true,
  messageSecret: true,
  eventName: true,
  eventDescription: true,
  eventStartTime: true,
  eventEndTime: true,
  eventLocation: true,
  eventJoinLink: true,
  isEventCanceled: true,
  title: true,
  description: true,
  matchedText: true,
  thumbnail: true,
  footer: true,
  preview: true,
  isForwarded: true,
  forwardingScore: true,
  groupMentions: true,
  isDynamicReplyButtonsMsg: true,
  dynamicReplyButtons: true,
  replyButtons: true,
  list: true,
  selectedButtonId: true,
  listResponse: true,
  orderId: true,
  token: true,
  orderTitle: true,
  itemCount: true,
  totalAmount1000: true,
  totalCurrencyCode: true,
  sellerJid: true,
  businessOwnerJid: true,
  productId: true,
  priceAmount1000: true,
  currencyCode: true,
  retailerId: true,
  paymentCurrency: true,
  paymentAmount1000: true,
  paymentMessageReceiverJid: true,
  paymentTransactionTimestamp: true,
  paymentStatus: true,
  paymentTxnStatus: true,
  paymentNoteMsg: true,
  inviteCode: true,
  inviteCodeExp: true,
  inviteGrp: true,
  inviteGrpName: true,
  newsletterJid: true,
  newsletterName: true,
  inviteExpiration: true,
  serverId: true,
  invokedBotWid: true,
  botPersonaId: true,
  ephemeralDuration: true,
  latestEditSenderTimestampMs: true,
  latestEditMsgKey: true,
  revokeSender: true,
  revokeTimestamp: true,
};

/** Every name, checked against the type. */
export const DETAIL_NAMES = Object.keys(NAMED) as readonly DetailName[];
