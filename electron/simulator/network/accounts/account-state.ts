import type { BusinessProfileRow, LabelRow, NoteRow } from '../../account-frames';

/** What a linked page takes a phone for; the two of WhatsApp Business know labels and notes. */
export const PLATFORMS = ['android', 'iphone', 'smba', 'smbi'] as const;
export type Platform = (typeof PLATFORMS)[number];

export const isBusinessPlatform = (platform: Platform): boolean => platform === 'smba' || platform === 'smbi';

/** Who may see somebody's picture and about text. */
export const PRIVACIES = ['everyone', 'contacts', 'nobody'] as const;
export type Privacy = (typeof PRIVACIES)[number];

/** Under which id a customer writes: by number, by hidden id with the number known, or by hidden id alone. */
export const APPEARANCES = ['number', 'lid', 'hidden'] as const;
export type Appearance = (typeof APPEARANCES)[number];

export const KINDS = ['person', 'business', 'enterprise'] as const;
export type PersonKind = (typeof KINDS)[number];

/** What others see of a customer, and how. */
export interface PersonSettings {
  readonly appearsAs: Appearance;
  readonly kind: PersonKind;
  readonly about: string;
  readonly hasPicture: boolean;
  readonly privacy: Privacy;
  /** How many devices the customer uses, the phone included. */
  readonly devices: number;
  /** Numbers of accounts whose messages the customer does not want. */
  readonly blocks: readonly string[];
  readonly business?: BusinessProfileRow;
}

export const DEFAULT_ABOUT = 'Hey there! I am using WhatsApp.';

export const PERSON_DEFAULTS: PersonSettings = {
  appearsAs: 'number',
  kind: 'person',
  about: DEFAULT_ABOUT,
  hasPicture: true,
  privacy: 'contacts',
  devices: 1,
  blocks: [],
};

/** What an account's phone knows beside its chats. */
export interface AccountProfile {
  about: string;
  platform: Platform;
  battery: { readonly percent: number; readonly plugged: boolean } | undefined;
  /** The own address book, where it differs from "every saved customer": a name, or `undefined` for a deleted entry. */
  readonly book: Map<string, string | undefined>;
  readonly blocked: Set<string>;
  readonly labels: Map<string, LabelRow>;
  readonly notes: Map<string, NoteRow>;
}

export function emptyProfile(): AccountProfile {
  return {
    about: DEFAULT_ABOUT,
    platform: 'android',
    battery: undefined,
    book: new Map(),
    blocked: new Set(),
    labels: new Map(),
    notes: new Map(),
  };
}

/** What an account has decided about one of its chats. */
export interface ChatSettings {
  archived: boolean;
  /** Seconds; 0 is not pinned. */
  pin: number;
  /** Seconds; 0 is not muted, −1 for ever. */
  muteExpiration: number;
  labels: readonly string[];
  /** How many of the oldest messages are on the phone only. */
  keptBack: number;
}

export const NEW_CHAT: ChatSettings = { archived: false, pin: 0, muteExpiration: 0, labels: [], keptBack: 0 };

export type AccountChange =
  | {
      readonly c: 'profile';
      readonly phone: string;
      readonly about?: string;
      readonly platform?: Platform;
      readonly battery?: { readonly percent: number; readonly plugged: boolean };
    }
  | { readonly c: 'book'; readonly phone: string; readonly number: string; readonly name?: string }
  | { readonly c: 'blocked'; readonly phone: string; readonly number: string; readonly blocked: boolean }
  | { readonly c: 'label'; readonly phone: string; readonly label: LabelRow }
  | { readonly c: 'label-gone'; readonly phone: string; readonly id: string }
  | { readonly c: 'note'; readonly phone: string; readonly number: string; readonly note: NoteRow }
  | {
      readonly c: 'chat-settings';
      readonly phone: string;
      readonly id: string;
      readonly settings: Partial<ChatSettings>;
    }
  | { readonly c: 'chat-emptied'; readonly phone: string; readonly id: string; readonly gone: boolean }
  /** Of a phone or a group; none takes it away. */
  | { readonly c: 'picture'; readonly id: string; readonly url?: string }
  | { readonly c: 'customer-gone'; readonly number: string };
