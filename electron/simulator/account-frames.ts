/** The part of the wire about chats, people, labels and the account itself. See frames.ts. */

/** What an account has decided about a chat; what is absent is as in a new chat. */
export interface ChatMarks {
  readonly archived?: boolean;
  /** When it was pinned, in seconds. */
  readonly pin?: number;
  /** Seconds; −1 is for ever. */
  readonly muteExpiration?: number;
  readonly labels?: readonly string[];
  /** Older messages are on the phone and not on its linked devices. */
  readonly moreOnPhone?: boolean;
}

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  readonly hexColor: string;
}

export type Pushed = 'composing' | 'recording' | 'paused' | 'available' | 'unavailable';

export interface CallRow {
  readonly id: string;
  readonly peer: string;
  readonly isVideo: boolean;
  readonly isGroup: boolean;
  readonly participants: readonly string[];
  /** Seconds. */
  readonly offerTime: number;
}

/** How a call ended, in WhatsApp Web's own words. */
export const CALL_ENDINGS = ['Completed', 'Missed', 'Rejected', 'AcceptedElsewhere'] as const;
export type CallOutcome = (typeof CALL_ENDINGS)[number];

export interface BusinessProfileRow {
  readonly description: string;
  readonly category: string;
  readonly email: string;
  readonly website: readonly string[];
  readonly address: string;
}

export interface NoteRow {
  readonly id: string;
  readonly content: string;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface PictureRow {
  /** A data URL: nothing here is fetched from anywhere. */
  readonly url: string;
  readonly tag: string;
}

type Done = Record<string, never>;

/** Requests of the page about its account. */
export interface AccountRequests {
  readonly chatSet: {
    readonly input: {
      readonly chatId: string;
      readonly archived?: boolean;
      readonly pinned?: boolean;
      readonly muteExpiration?: number;
      readonly unread?: true;
    };
    readonly output: Done;
  };
  /** Every message goes, and with `gone` the chat as well. */
  readonly chatEmpty: { readonly input: { readonly chatId: string; readonly gone: boolean }; readonly output: Done };
  /** The phone is asked for messages that its devices do not have. */
  readonly moreHistory: { readonly input: { readonly chatId: string }; readonly output: Done };
  readonly labels: {
    readonly input: {
      readonly actions: readonly { readonly id: string; readonly type: 'add' | 'remove' }[];
      readonly chatIds: readonly string[];
    };
    readonly output: Done;
  };
  readonly block: { readonly input: { readonly id: string; readonly blocked: boolean }; readonly output: Done };
  readonly bookSave: { readonly input: { readonly number: string; readonly name: string }; readonly output: Done };
  readonly bookDelete: { readonly input: { readonly number: string }; readonly output: Done };
  readonly profile: { readonly input: { readonly pushname?: string; readonly about?: string }; readonly output: Done };
  readonly about: { readonly input: { readonly id: string }; readonly output: { readonly about?: string } };
  readonly picture: { readonly input: { readonly id: string }; readonly output: { readonly picture?: PictureRow } };
  readonly pictureSet: {
    readonly input: { readonly id: string; readonly picture?: string };
    readonly output: Done;
  };
  readonly devices: { readonly input: { readonly id: string }; readonly output: { readonly count?: number } };
  readonly business: {
    readonly input: { readonly id: string };
    readonly output: { readonly profile?: BusinessProfileRow };
  };
  readonly note: { readonly input: { readonly id: string }; readonly output: { readonly note?: NoteRow } };
  readonly noteSet: { readonly input: { readonly id: string; readonly content: string }; readonly output: Done };
  readonly callReject: { readonly input: { readonly id: string }; readonly output: Done };
  readonly callLink: {
    readonly input: { readonly startTime: number; readonly kind: 'video' | 'voice' };
    readonly output: { readonly link: string };
  };
}

/** What happens to an account beside messages. Presence and calls are told in the moment only. */
export type AccountChangeEvent<Contact, Me> =
  | { readonly kind: 'contacts'; readonly contacts: readonly Contact[] }
  | { readonly kind: 'me'; readonly me: Me }
  | { readonly kind: 'labels'; readonly labels: readonly LabelRow[] }
  | { readonly kind: 'chat-emptied'; readonly chatId: string; readonly gone: boolean }
  | { readonly kind: 'presence'; readonly chatId: string; readonly id: string; readonly state: Pushed }
  | { readonly kind: 'call'; readonly call: CallRow }
  | { readonly kind: 'call-ended'; readonly id: string; readonly outcome: CallOutcome };
