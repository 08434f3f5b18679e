import type { Client } from 'whatsapp-web.js';

/** A message as the page keeps it. */
export interface StandInMessage {
  readonly id: { readonly id: string; readonly fromMe: boolean; readonly remote: string };
  readonly type: string;
  readonly body: string;
  readonly t: number;
  ack: number;
}

class StandInKey {
  readonly fromMe = true;
  readonly remote: string;
  readonly id: string;

  constructor({ to, id }: { readonly to: string; readonly id: string }) {
    this.remote = to;
    this.id = id;
  }
}

export const standInChat = '551100000001@c.us';

interface NewMessage {
  id: unknown;
  readonly type: string;
  readonly body: string;
  readonly to: string;
}

/**
 * A few of the page's modules, and a client whose page runs the page functions right here. Only for the paths that no
 * working page takes: sends that break half way.
 */
export class PageStandIn {
  readonly stored: StandInMessage[] = [];
  /** What the library was told beside the content, per send. */
  readonly options: object[] = [];
  /** What happens at a send, before and after the message is stored; the page's own way unless told. */
  beforeStoring: () => Promise<void> = async () => {};
  afterStoring: () => Promise<void> = async () => {};
  /** Whom the library tells of a new message. */
  created: (raw: unknown) => void = () => {};
  /** What kind of message the page makes of what it is given. */
  type = 'chat';
  /** Every visit to the page: the function's name, or the chat that the library sent to. */
  readonly visits: string[] = [];
  /** Numbers that WhatsApp does not know. */
  readonly nobody = new Set<string>();
  state = 'CONNECTED';
  /** More modules, or others. */
  readonly modules: Record<string, unknown> = {
    WAWebMsgKey: StandInKey,
    WAWebWidFactory: { createWid: (id: string) => id, asUserWidOrThrow: (id: string) => id },
    WAWebFindChatAction: {
      findOrCreateLatestChat: async () => {
        throw new Error('No LID for user');
      },
    },
    WAWebSocketModel: {
      Socket: Object.defineProperty({}, 'state', { get: () => this.state }),
    },
    WAWebSendMsgChatAction: {
      addAndSendMsgToChat: (_chat: unknown, message: NewMessage) => {
        if (!(message.id instanceof StandInKey)) throw new TypeError('no key');
        if ('order' in message) throw new TypeError('a field that WhatsApp does not know');
        const { id, type, body } = message;
        if (this.stored.some((other) => other.id.id === id.id)) throw new Error('DuplicateMessageError: already there');
        const stored = { id, type, body, t: 1, ack: 0 };
        this.stored.push(stored);
        this.created(stored);
      },
    },
    WAWebCollections: {
      Chat: { get: (id: string) => (id === standInChat ? this.chat : undefined) },
      Msg: { get: () => undefined, getModelsArray: () => this.stored },
    },
  };
  readonly chat = { id: standInChat, msgs: { getModelsArray: () => this.stored } };

  install(): void {
    const require = (name: string): unknown => {
      if (!(name in this.modules)) throw new Error(`Requiring unknown module "${name}"`);
      return this.modules[name];
    };
    Object.assign(globalThis, { require });
    this.takeOverAnew();
  }

  /** As the library does when the page has been loaded: its own functions are put there again. */
  takeOverAnew(): void {
    const sendMessage = async (_chat: unknown, body: unknown, options: { readonly extraOptions: object }) => {
      await this.beforeStoring();
      const message = { id: 'the page’s own', type: this.type, body: String(body), to: standInChat, from: 'me' };
      this.#actions.addAndSendMsgToChat(this.chat, { ...message, ...options.extraOptions });
      await this.afterStoring();
    };
    Object.assign(globalThis, { WWebJS: { sendMessage } });
  }

  remove(): void {
    for (const name of [
      'require',
      'WWebJS',
      'switchboardSend',
      'switchboardHook',
      'switchboardDesk',
      'switchboardPreview',
    ])
      Reflect.deleteProperty(globalThis, name);
  }

  /** Somebody writes in the page itself. */
  writeByHand(id: string, body: string): void {
    const key = new StandInKey({ to: standInChat, id });
    this.#actions.addAndSendMsgToChat(this.chat, { id: key, type: 'chat', body, to: standInChat });
  }

  get client(): Client {
    const client = {
      pupPage: {
        evaluate: async (run: (...values: unknown[]) => unknown, ...values: unknown[]) => {
          this.visits.push(run.name);
          return run(...values);
        },
      },
      isRegisteredUser: async (id: string) => !this.nobody.has(id),
      sendMessage: (to: string, body: string, options: { readonly extra: object }) => {
        this.options.push(options);
        this.visits.push(to);
        const { WWebJS } = globalThis as unknown as { WWebJS: { sendMessage(...values: unknown[]): Promise<unknown> } };
        return WWebJS.sendMessage(this.chat, body, { extraOptions: options.extra });
      },
    };
    return client as unknown as Client;
  }

  get #actions(): { addAndSendMsgToChat(chat: unknown, message: NewMessage): void } {
    return this.modules['WAWebSendMsgChatAction'] as never;
  }
}
