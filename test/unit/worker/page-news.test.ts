import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { carryNews, newsNames } from '../../../electron/worker/driver/page-news';
import { settle } from '../../fakes/child-processes';

type Page = Parameters<typeof carryNews>[0];
type Exposed = (...values: readonly unknown[]) => unknown;

/** A page whose functions run right here, and the one binding that it calls. */
class PageWithBinding {
  readonly session = Object.assign(new EventEmitter(), { send: async () => undefined });
  readonly payloads: string[] = [];
  /** What was exposed in the ordinary way. */
  readonly exposed: string[] = [];
  readonly onNewDocument: string[] = [];

  readonly page = {
    createCDPSession: async () => this.session,
    exposeFunction: async (name: string) => void this.exposed.push(name),
    evaluate: async (run: Exposed, ...values: unknown[]) => run(...values),
    evaluateOnNewDocument: async (_run: Exposed, name: string) => void this.onNewDocument.push(name),
  } as unknown as Page;

  constructor() {
    Object.assign(globalThis, {
      switchboardNews: (payload: string) => {
        this.payloads.push(payload);
        this.session.emit('Runtime.bindingCalled', { name: 'switchboardNews', payload });
      },
    });
  }
}

const call = (name: string, ...values: readonly unknown[]): void => {
  (globalThis as unknown as Record<string, Exposed>)[name]?.(...values);
};

let target: PageWithBinding;
let heard: unknown[][];

beforeEach(async () => {
  target = new PageWithBinding();
  heard = [];
  await carryNews(target.page);
  for (const name of newsNames) {
    await target.page.exposeFunction(name, (...values: unknown[]) => void heard.push([name, ...values]));
  }
});
afterEach(() => {
  for (const name of [...newsNames, 'switchboardNews', 'switchboardCalls', 'switchboardChange']) {
    Reflect.deleteProperty(globalThis, name);
  }
});

describe('the page’s news', () => {
  it('of one moment comes together and in order, and is copied when it is told', async () => {
    const message = { type: 'chat', body: 'one' };
    call('onAddMessageEvent', message);
    message.body = 'changed later';
    call('onMessageAckEvent', { type: 'chat' }, 2);
    expect(heard).toEqual([]);
    await settle();
    expect(target.payloads).toHaveLength(1);
    expect(heard).toEqual([
      ['onAddMessageEvent', { type: 'chat', body: 'one' }],
      ['onMessageAckEvent', { type: 'chat' }, 2],
    ]);
    call('onAddMessageEvent', { type: 'chat', body: 'two' });
    await settle();
    expect(heard).toHaveLength(3);
  });

  it('is told at once, but acknowledgements wait a moment for more, or for the next news', async () => {
    call('onMessageAckEvent', { type: 'chat' }, 1);
    call('onMessageAckEvent', { type: 'chat' }, 2);
    await settle();
    expect(heard).toEqual([]);
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    call('onMessageAckEvent', { type: 'chat' }, 3);
    call('onAddMessageEvent', { type: 'chat', body: 'one' });
    await settle();
    expect(heard.slice(2).map(([name]) => name)).toEqual(['onMessageAckEvent', 'onAddMessageEvent']);
    expect(target.payloads).toHaveLength(2);
  });

  it('leaves out changes that the library only remembers, until a message is deleted', async () => {
    call('onChangeMessageEvent', { type: 'chat', body: 'older' });
    call('onChangeMessageEvent', { type: 'chat', body: 'the last before' });
    await settle();
    expect(heard).toEqual([]);
    call('onChangeMessageEvent', { type: 'revoked' });
    call('onChangeMessageTypeEvent', { type: 'revoked' });
    await settle();
    expect(heard).toEqual([
      ['onChangeMessageEvent', { type: 'chat', body: 'the last before' }],
      ['onChangeMessageTypeEvent', { type: 'revoked' }],
    ]);
    call('onChangeMessageEvent', { type: 'gp2', subtype: 'modify' });
    await settle();
    expect(heard.at(-1)).toEqual(['onChangeMessageEvent', { type: 'gp2', subtype: 'modify' }]);
  });

  it('of which one cannot be heard harms no other', async () => {
    await target.page.exposeFunction('onReaction', () => {
      throw new Error('broken');
    });
    await target.page.exposeFunction('onChatUnreadCountEvent', () => Promise.reject(new Error('broken too')));
    call('onReaction', []);
    call('onChatUnreadCountEvent', {});
    call('onAddMessageEvent', { type: 'chat' });
    await settle();
    expect(heard).toEqual([['onAddMessageEvent', { type: 'chat' }]]);
  });

  it('goes on after the page was loaded anew, and everything else is exposed as ever', async () => {
    await target.page.exposeFunction('onQRChangedEvent', () => undefined);
    expect(target.exposed).toEqual(['onQRChangedEvent']);
    expect(new Set(target.onNewDocument)).toEqual(newsNames);
  });
});
