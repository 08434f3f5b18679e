import { expect, test } from 'vitest';
import type { Message } from 'whatsapp-web.js';
import { ANNA, ANNA_CHAT, describeConformance, PHONE } from '../fixtures/conformance';
import { eventually } from '../fixtures/eventually';
import type { LibraryClient } from '../fixtures/library-client';

interface KeyModules {
  require(name: 'WAWebCollections'): { Msg: { getModelsArray(): readonly { readonly id: { toString(): string } }[] } };
}

/** The own fields of the first message's key, as a program in the page sees them. */
const keyFields = (library: LibraryClient) =>
  library.inPage(() => {
    const [message] = (globalThis as unknown as KeyModules).require('WAWebCollections').Msg.getModelsArray();
    return message === undefined ? [] : [...Object.keys(message.id), message.id.toString()];
  });

describeConformance(
  'the build by the version in the page’s address',
  (target) => {
    const bench = target.linkedOnce({
      prepare: (control) => control.writeAs(ANNA, { phone: PHONE, body: 'before the link' }),
    });

    test('keys of messages have their text under _serialized, or under $1 since July 2026; ids of chats are unchanged', async () => {
      const fields = await keyFields(bench.library);
      expect(fields.slice(0, 4)).toEqual(['fromMe', 'remote', 'id', target.isRenamed ? '$1' : '_serialized']);
      expect(fields.at(-1)).toMatch(/^false_4915112345678@c\.us_/);
      expect((await bench.client.getChatById(ANNA_CHAT)).id._serialized).toBe(ANNA_CHAT);
    });

    test('sendMessage: on the renamed build the library has no answer although the message goes out', async () => {
      const sending = bench.client.sendMessage(ANNA_CHAT, 'one way or the other');
      if (target.isRenamed) expect(await sending).toBeUndefined();
      else expect((await sending).body).toBe('one way or the other');
      await eventually('delivery', async () =>
        (await bench.control.receivedBy(ANNA)).some(
          ({ body, copies }) => body === 'one way or the other' && copies === 1,
        ),
      );
    });

    test('message: events come on both builds, on the renamed one without the text of their key', async () => {
      bench.library.forget();
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'hello' });
      const [message] = (await bench.library.until('message')) as [Message];
      expect(message.body).toBe('hello');
      expect(message.id._serialized === undefined).toBe(target.isRenamed);
    });

    test('a value that is put back under the old name makes the library work again', async () => {
      await bench.library.inPage(() => {
        const page = globalThis as unknown as { require(name: 'WAWebMsgKey'): { prototype: object } };
        const { prototype } = page.require('WAWebMsgKey');
        if ('_serialized' in prototype) return;
        Object.defineProperty(prototype, '_serialized', {
          configurable: true,
          get(this: { $1?: string }) {
            return this.$1;
          },
          // Own fields of the classic build are written over this.
          set(this: object, value: string) {
            Object.defineProperty(this, '_serialized', { value, enumerable: true });
          },
        });
      });
      await bench.client.sendMessage(ANNA_CHAT, 'repaired');
      await eventually('delivery', async () =>
        (await bench.control.receivedBy(ANNA)).some(({ body }) => body === 'repaired'),
      );
    });
  },
  { renamed: 'always' },
);

describeConformance(
  'the build by control',
  (target) => {
    const bench = target.perTest();

    test('a build for one phone, and one for the whole network, from the next start of a page on', async () => {
      await bench.control.writeAs(ANNA, { phone: PHONE, body: 'x' });
      await bench.control.setBuild('renamed', PHONE);
      const first = await bench.linkedClient(PHONE, { profile: 'build' });
      expect(await keyFields(first)).toContain('$1');
      expect(await first.client.getWWebVersion()).toBe('2.3000.1042401057');
      await first.stop();
      await bench.control.setBuild('by-version', PHONE);
      await bench.control.setBuild('renamed');
      const second = bench.newClient({ profile: 'build' });
      await second.start();
      await second.until('ready');
      expect(await keyFields(second)).toContain('$1');
      await second.stop();
      await bench.control.setBuild('by-version');
      const third = bench.newClient({ profile: 'build' });
      await third.start();
      await third.until('ready');
      expect(await keyFields(third)).toContain('_serialized');
    });
  },
  { renamed: 'never' },
);
