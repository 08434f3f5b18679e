import type { Client } from 'whatsapp-web.js';

/** A message as the page keeps it. */
export interface StandInMessage {
  readonly id: { readonly id: string; readonly fromMe: boolean; readonly remote: string };
  readonly type: string;
  readonly body: string;
  readonly t: number;
  readonly ack: number;
}

const chatId = '551100000001@c.us';

/**
 * A few of the page's modules, and a client whose page runs the page functions right here. Only for the paths that no
 * working page takes: sends that break half way.
 */
export class PageStandIn {
  readonly stored: StandInMessage[] = [];
  /** What happens at a send, before and after the message is stored; the page's own way unless told. */
  beforeStoring: () => Promise<void> = async () => {};
  afterStoring: () => Promise<void> = async () => {};
  readonly msgKey = { newId: async (): Promise<string> => `OWN${this.stored.length}` };
  readonly ownNewId = this.msgKey.newId;

  install(): void {
    const modules: Readonly<Record<string, unknown>> = {
      WAWebMsgKey: this.msgKey,
      WAWebWidFactory: { createWid: (id: string) => id },
      WAWebFindChatAction: {
        findOrCreateLatestChat: async () => {
          throw new Error('No LID for user');
        },
      },
      WAWebCollections: {
        Chat: { get: (id: string) => (id === chatId ? { msgs: { getModelsArray: () => this.stored } } : undefined) },
        Msg: { get: () => undefined, getModelsArray: () => this.stored },
      },
    };
    Object.assign(globalThis, { require: (name: string) => modules[name] });
  }

  remove(): void {
    Reflect.deleteProperty(globalThis, 'require');
    Reflect.deleteProperty(globalThis, 'switchboardSend');
  }

  get client(): Client {
    const client = {
      pupPage: { evaluate: async (run: (...values: unknown[]) => unknown, ...values: unknown[]) => run(...values) },
      sendMessage: async (to: string, body: string) => {
        await this.beforeStoring();
        const id = await this.msgKey.newId();
        const message = { id: { id, fromMe: true, remote: to }, type: 'chat', body, t: 1, ack: 0 };
        if (this.stored.some((other) => other.id.id === id)) throw new Error('DuplicateMessageError: already there');
        this.stored.push(message);
        await this.afterStoring();
        return { rawData: message };
      },
    };
    return client as unknown as Client;
  }
}
