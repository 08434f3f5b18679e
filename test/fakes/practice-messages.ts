import type { ControlCaller } from './practice-groups';

/** What somebody writes: a text, or one other kind of thing; `body` is the caption of media. */
export interface MessageContent {
  readonly body?: string;
  /** Numbers, or hidden ids. */
  readonly mentions?: readonly string[];
  readonly groupMentions?: readonly string[];
  /** How often the message was passed on before. */
  readonly forwarded?: number;
  /** Linked devices cannot decrypt it; until they ask the phone, or ever. */
  readonly undecryptable?: 'recoverable' | 'lost';
  readonly media?: {
    readonly mimetype: string;
    /** Base64. */
    readonly data: string;
    readonly kind?: 'image' | 'video' | 'gif' | 'audio' | 'voice' | 'document' | 'sticker';
    readonly filename?: string;
    readonly thumbnail?: string;
    readonly seconds?: number;
    readonly width?: number;
    readonly height?: number;
    readonly waveform?: readonly number[];
    readonly pages?: number;
    readonly viewOnce?: boolean;
  };
  readonly location?: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name?: string;
    readonly address?: string;
    readonly url?: string;
  };
  readonly contacts?: readonly { readonly name: string; readonly number: string }[];
  readonly poll?: { readonly name: string; readonly options: readonly string[]; readonly multiple?: boolean };
  /** Times in seconds. */
  readonly event?: {
    readonly name: string;
    readonly start: number;
    readonly end?: number;
    readonly description?: string;
    readonly location?: string;
    readonly joinLink?: string;
  };
  readonly order?: { readonly title?: string; readonly currency: string; readonly products: readonly OrderedProduct[] };
  readonly product?: {
    readonly id: string;
    readonly title: string;
    readonly owner: string;
    readonly description?: string;
    readonly price?: number;
    readonly currency?: string;
    readonly retailerId?: string;
  };
  readonly payment?: {
    readonly currency: string;
    readonly amount: number;
    readonly receiver: string;
    readonly note?: string;
    readonly status?: number;
    readonly transactionStatus?: number;
  };
  readonly buttonReply?: { readonly id: string; readonly text: string };
  readonly listReply?: { readonly id: string; readonly title: string };
}

/** The price is in thousandths. */
export interface OrderedProduct {
  readonly name: string;
  readonly price: number;
  readonly id?: string;
  readonly quantity?: number;
  readonly description?: string;
  readonly retailerId?: string;
}

export interface MessageState {
  readonly id: string;
  readonly chatId: string;
  readonly fromMe: boolean;
  readonly type: string;
  readonly body: string;
  readonly t: number;
  readonly ack: number;
  readonly author?: string;
  readonly mentions?: readonly string[];
  readonly quoted?: { readonly id: string; readonly type: string; readonly body: string };
  readonly details?: Readonly<Record<string, unknown>>;
  readonly star?: boolean;
  readonly hasReaction?: boolean;
}

export interface MessageView extends MessageState {
  readonly reactions: readonly { readonly sender: string; readonly text: string }[];
  readonly votes: readonly { readonly sender: string; readonly options: readonly number[] }[];
  readonly responses: Readonly<Record<string, string>>;
  readonly pinned?: { readonly at: number; readonly until: number };
}

export interface MediaView {
  readonly mimetype: string;
  readonly filename?: string;
  /** Base64. */
  readonly data: string;
}

/** A message between a customer and a phone, or in a group of both; `message` is the id part of its key. */
export interface MessagePlace {
  readonly phone: string;
  readonly message: string;
  readonly group?: string;
}

/** The same as the phone names it. */
export interface PhonePlace {
  readonly chat: string;
  readonly message: string;
}

export type EventAnswer = 'none' | 'going' | 'not going' | 'maybe';

/** What people do with messages that are there. `…As` is a customer, `…OnPhone` the person at the account's phone. */
/** A message that the network has accepted from an account. */
export interface OutgoingView {
  readonly id: string;
  readonly chatId: string;
  readonly type: string;
  readonly body: string;
  readonly at: number;
  /** How often it was taken for a new message. */
  readonly accepted: number;
  /** The most copies that any one customer's phone has shown. */
  readonly shown: number;
  /** How often the same id came again and was dropped. */
  readonly dropped: number;
}

export class PracticeMessages {
  readonly #call: ControlCaller;

  constructor(call: ControlCaller) {
    this.#call = call;
  }

  /** Everything that the network has accepted from this phone's account, in order: what callers were told can be compared with it. */
  acceptedFrom(phone: string): Promise<readonly OutgoingView[]> {
    return this.#call('GET', `phones/${phone}/ledger`);
  }

  get(phone: string, chat: string, message: string): Promise<MessageView> {
    return this.#call('GET', messagePath(phone, chat, message));
  }

  media(phone: string, chat: string, message: string): Promise<MediaView> {
    return this.#call('GET', `${messagePath(phone, chat, message)}/media`);
  }

  /** The phone deletes the file: nobody can download it any more. */
  deleteMedia(phone: string, chat: string, message: string): Promise<{ readonly deleted: boolean }> {
    return this.#call('DELETE', `${messagePath(phone, chat, message)}/media`);
  }

  /** What a customer's phone has of a message's media. */
  mediaAs(customer: string, { phone, group, message }: MessagePlace): Promise<MediaView> {
    const query = new URLSearchParams({ phone, ...(group === undefined ? {} : { group }) });
    return this.#call('GET', `customers/${customer}/messages/${message}/media?${query}`);
  }

  /** Without an emoji the reaction is taken back. */
  reactAs(customer: string, place: MessagePlace & { readonly emoji: string }): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/reactions`, place);
  }

  voteAs(customer: string, place: MessagePlace & { readonly options: readonly string[] }): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/votes`, place);
  }

  editAs(customer: string, place: MessagePlace & { readonly body: string }): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/edits`, place);
  }

  /** For everyone. */
  deleteAs(customer: string, place: MessagePlace): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/deletions`, place);
  }

  /** 0 seconds takes the pin off. */
  pinAs(customer: string, place: MessagePlace & { readonly seconds: number }): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/pins`, place);
  }

  answerAs(customer: string, place: MessagePlace & { readonly answer: EventAnswer }): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/answers`, place);
  }

  /** The customer listens to a voice message. */
  playAs(customer: string, place: MessagePlace): Promise<MessageState> {
    return this.#call('POST', `customers/${customer}/plays`, place);
  }

  reactOnPhone(phone: string, place: PhonePlace & { readonly emoji: string }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/reactions`, place);
  }

  voteOnPhone(phone: string, place: PhonePlace & { readonly options: readonly string[] }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/votes`, place);
  }

  editOnPhone(phone: string, place: PhonePlace & { readonly body: string }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/edits`, place);
  }

  /** For everyone. */
  deleteOnPhone(phone: string, place: PhonePlace): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/deletions`, place);
  }

  /** On the phone and its linked devices only. */
  removeOnPhone(phone: string, place: PhonePlace): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/removals`, place);
  }

  pinOnPhone(phone: string, place: PhonePlace & { readonly seconds: number }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/pins`, place);
  }

  answerOnPhone(phone: string, place: PhonePlace & { readonly answer: EventAnswer }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/answers`, place);
  }

  starOnPhone(phone: string, place: PhonePlace & { readonly star: boolean }): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/stars`, place);
  }

  /** The phone sends a message once more to devices that could not decrypt it. */
  decryptOnPhone(phone: string, place: PhonePlace): Promise<MessageState> {
    return this.#call('POST', `phones/${phone}/decryptions`, place);
  }

  /** What a link shows from now on, when it is sent. */
  setLinkPreview(preview: {
    readonly url: string;
    readonly title: string;
    readonly description?: string;
    readonly thumbnail?: string;
  }): Promise<{ readonly title: string }> {
    return this.#call('PUT', 'link-previews', preview);
  }
}

function messagePath(phone: string, chat: string, message: string): string {
  return `phones/${phone}/chats/${encodeURIComponent(chat)}/messages/${message}`;
}
