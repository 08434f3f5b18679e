import type { SendOrder, SendOutlook } from './page-send';

/**
 * The part of WhatsApp Web's inside that the page functions touch, as loosely as it deserves: names and shapes are
 * WhatsApp's and change without notice.
 */
export interface PageWid {
  readonly _serialized?: string;
  toString(): string;
}

export interface PageModel {
  readonly [field: string]: unknown;
}

export interface PageMessageKey {
  readonly id: string;
  readonly fromMe: boolean;
  readonly remote: PageWid | string;
  readonly _serialized?: string;
  readonly participant?: PageWid | string;
  toString(): string;
}

export interface PageMessage extends PageModel {
  readonly id: PageMessageKey;
  readonly t?: number;
  readonly isNotification?: boolean;
}

export interface PageChat extends PageModel {
  readonly id: PageWid;
  readonly msgs?: { getModelsArray(): readonly PageMessage[] };
  readonly contact?: PageModel;
  readonly groupMetadata?: {
    readonly announce?: unknown;
    readonly participants?: {
      getModelsArray(): readonly {
        readonly id: PageWid;
        readonly isAdmin?: boolean;
        readonly isSuperAdmin?: boolean;
      }[];
    };
  };
}

/** A message that is about to be made. */
export interface PageNewMessage {
  [field: string]: unknown;
  id: unknown;
  readonly from: PageWid;
}

interface MessageKeyClass {
  newId?: () => Promise<string>;
  new (parts: {
    readonly from: PageWid;
    readonly to: PageWid;
    readonly id: string;
    readonly participant: PageWid | undefined;
    readonly selfDir: 'out';
  }): PageMessageKey;
}

/** What the page makes messages of. */
type PageMessageClass = new (...given: readonly unknown[]) => object;

type LinkLookUp = (...link: readonly unknown[]) => unknown;

type AddAndSend = (chat: PageChat, message: PageNewMessage, ...more: readonly unknown[]) => unknown;

type LibrarySend = (
  chat: unknown,
  content: unknown,
  options?: { readonly extraOptions?: { readonly order?: SendOrder; readonly [field: string]: unknown } },
) => Promise<unknown>;

/** Whom a limit is asked about. */
interface PageWhom {
  readonly chat: PageChat;
  readonly contact: PageModel | undefined;
}

type MaybeLater<Value> = Value | Promise<Value>;

export interface PageCollection<Model> {
  get(id: unknown): Model | undefined;
  getModelsArray(): readonly Model[];
}

/** Who is there in a chat, as far as the page has been told. */
export interface PagePresence extends PageModel {
  readonly id: PageWid;
  readonly isSubscribed?: unknown;
  readonly chatstate?: PageModel;
  /** In groups: of each person. */
  readonly chatstates?: { getModelsArray(): readonly PageModel[] };
  subscribe?(): Promise<unknown>;
}

/** The page's registry of modules, as far as it is used here. */
export interface PageModules {
  WAWebCollections: {
    readonly Chat: PageCollection<PageChat>;
    readonly Contact: PageCollection<PageModel>;
    readonly Status?: {
      getMyStatus(): { readonly msgs?: { getModelsArray(): readonly PageMessage[] } } | null | undefined;
    };
    readonly ProfilePicThumb: { find(id: unknown): Promise<PageModel | undefined> };
    readonly Presence?: PageCollection<PagePresence> & { find?(id: unknown): Promise<PagePresence | undefined> };
    readonly Msg: PageCollection<PageMessage> & {
      modelClass?: PageMessageClass;
      getMessagesById?(
        ids: readonly string[],
      ): Promise<{ readonly messages?: readonly PageMessage[] } | null | undefined>;
    };
  };
  WAWebWidFactory: { createWid(id: string): PageWid; asUserWidOrThrow(wid: PageWid): PageWid };
  WAWebFindChatAction: { findOrCreateLatestChat(wid: PageWid): Promise<{ readonly chat?: PageChat } | undefined> };
  WAWebChatLoadMessages: {
    loadEarlierMsgs(options: { readonly chat: PageChat }): Promise<readonly PageMessage[] | undefined>;
  };
  WAWebApiContact: {
    getPhoneNumber(lid: PageWid): PageWid | null | undefined;
    getCurrentLid(wid: PageWid): PageWid | null | undefined;
    getAlternateUserWid(wid: PageWid): PageWid | null | undefined;
    getPhoneNumber(lid: PageWid): PageWid | null | undefined;
  };
  WAWebContactProfilePicThumbBridge: {
    requestProfilePicFromServer(whose: { readonly id?: unknown }): Promise<{ readonly eurl?: unknown } | undefined>;
  };
  WAWebMsgActionCapability: Readonly<
    Partial<
      Record<
        'canSenderRevokeMsg' | 'canAdminRevokeMsg' | 'canStarMsg' | 'canEditText' | 'canEditCaption',
        (message: PageMessage) => boolean
      >
    >
  >;
  WAWebLidMigrationUtils: { toPn(wid: PageWid): PageWid | null | undefined };
  WAWebSocketModel: { readonly Socket: { readonly state: string; logout(): Promise<unknown> } };
  WAWebLaunchSocketUtils: { refreshQR(): void };
  WAWebConnModel: { readonly Conn: { readonly pushname?: string; readonly platform?: string } };
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser(): PageWid | null | undefined;
    getMaybeMeLidUser?(): PageWid | null | undefined;
  };
  WAWebMsgKey: MessageKeyClass;
  WAWebLinkPreviewChatAction: { getLinkPreview?: LinkLookUp };
  WAWebSendMsgChatAction: { addAndSendMsgToChat: AddAndSend };
  WAWebSendStatusMsgAction: {
    sendStatusTextMsgAction?(status: {
      readonly color: number;
      readonly font: number;
      readonly text: string;
    }): Promise<unknown>;
    sendStatusMediaMsgAction?(message: unknown, update: unknown): Promise<unknown>;
  };
  WAWebResendMsgAction: { resendMsg?(message: PageMessage): unknown };
  WAWebSendMsgRecordAction: { sendMsgRecord?(message: PageMessage): unknown };
  WAWebUserPrefsIndexedDBStorage: { readonly userPrefsIdb: { get(key: string): unknown } };
  WAWebReachoutTimelockUtils: {
    readonly REACHOUT_TIMELOCK_IDB_KEY?: string;
    isUserReachoutTimelocked?(): MaybeLater<boolean>;
    canSendMsgWhileTimelocked?(whom: PageWhom): MaybeLater<boolean>;
  };
  WAWebIndividualNewChatMessageCappingLimitUtils: {
    readonly NEW_CHAT_MESSAGE_CAPPING_IDB_KEY?: string;
    getCappingData?(): MaybeLater<PageModel | null | undefined>;
    getCappingStatus?(): MaybeLater<unknown>;
    canSendMsgWhileCapped?(whom: PageWhom): MaybeLater<boolean>;
  };
}

/** `globalThis` inside the page. */
export interface PageWorld {
  require<Name extends keyof PageModules>(name: Name): PageModules[Name];
  /** The library's own functions in the page; not there before it has taken the page over. */
  readonly WWebJS: {
    sendMessage: LibrarySend;
    sendChatstate(state: 'typing' | 'recording' | 'stop', chatId: string): Promise<unknown>;
  };
  /** Ours: the page has asked for a passkey. */
  switchboardPasskey?: boolean;
  /** Ours: the one send under way. */
  switchboardSend?: {
    readonly id: string;
    readonly types: readonly string[];
    readonly quotes: boolean;
    consumed: boolean;
    givenUp: boolean;
    refused?: 'type' | 'quote';
    outlook?: Extract<SendOutlook, { readonly go: false }>;
  };
  /** Ours: what stands where the library makes messages. */
  switchboardDesk?: LibrarySend;
  /** Ours: what stands where links are looked up. */
  switchboardPreview?: LinkLookUp;
  /** Ours: what stands where messages of chats pass. */
  switchboardHook?: AddAndSend;
  /** Ours: what stands where media statuses are made. */
  switchboardModel?: PageMessageClass;
}
