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

export interface PageMessage extends PageModel {
  readonly id: { readonly id: string; readonly fromMe: boolean; readonly remote: PageWid | string };
  readonly t?: number;
  readonly isNotification?: boolean;
}

export interface PageChat extends PageModel {
  readonly id: PageWid;
  readonly msgs?: { getModelsArray(): readonly PageMessage[] };
}

export interface PageCollection<Model> {
  get(id: unknown): Model | undefined;
  getModelsArray(): readonly Model[];
}

/** The page's registry of modules, as far as it is used here. */
export interface PageModules {
  WAWebCollections: {
    readonly Chat: PageCollection<PageChat>;
    readonly Contact: PageCollection<PageModel>;
    readonly Msg: PageCollection<PageMessage> & {
      getMessagesById?(ids: readonly string[]): Promise<{ readonly messages?: readonly PageMessage[] } | undefined>;
    };
  };
  WAWebWidFactory: { createWid(id: string): PageWid };
  WAWebFindChatAction: { findOrCreateLatestChat(wid: PageWid): Promise<{ readonly chat?: PageChat } | undefined> };
  WAWebChatLoadMessages: {
    loadEarlierMsgs(options: { readonly chat: PageChat }): Promise<readonly PageMessage[] | undefined>;
  };
  WAWebLidMigrationUtils: { toPn(wid: PageWid): PageWid | null | undefined };
  WAWebSocketModel: { readonly Socket: { readonly state: string; logout(): Promise<unknown> } };
  WAWebLaunchSocketUtils: { refreshQR(): void };
  WAWebConnModel: { readonly Conn: { readonly pushname?: string } };
  WAWebUserPrefsMeUser: {
    getMaybeMePnUser(): PageWid | null | undefined;
    getMaybeMeLidUser?(): PageWid | null | undefined;
  };
  WAWebMsgKey: { newId: () => Promise<string> };
}

/** `globalThis` inside the page. */
export interface PageWorld {
  require<Name extends keyof PageModules>(name: Name): PageModules[Name];
  /** Ours: the page has asked for a passkey. */
  switchboardPasskey?: boolean;
  /** Ours: what is left of the one send under way. */
  switchboardSend?: { consumed: boolean; restore(): void; givenUp: boolean };
}
