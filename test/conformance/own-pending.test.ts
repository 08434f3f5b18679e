import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mediaIdSchema, type OutgoingContent } from '../../electron/contract/entities/outgoing';
import type { ChatId, MessageId } from '../../electron/contract/ids';
import { statusFeed } from '../../electron/domain/chat-identity';
import { chatId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { LiveDriver, SALES } from '../fixtures/live-driver';
import { samplePng } from '../fixtures/sample-media';

const ANNA = '4915112345678';
const BEN = '4915187654321';
const STRANGER = '4915100000009';
const anna = chatId(`${ANNA}@c.us`);
const stranger = chatId(`${STRANGER}@c.us`);

const picture = samplePng(60, 40);
const photo: OutgoingContent = {
  kind: 'media',
  mediaId: mediaIdSchema.parse('0'.repeat(32)),
  form: 'auto',
  mimetype: 'image/png',
  filename: 'photo.png',
  size: picture.length,
  caption: 'look',
};
const hello: OutgoingContent = { kind: 'text', body: 'hello' };

interface Sent {
  readonly chat: ChatId;
  readonly id: MessageId;
}

for (const build of ['classic', 'renamed'] as const) {
  describe(`messages that do not leave at once, on the ${build} build`, () => {
    let live: LiveDriver;
    let group: ChatId;
    let mediaPath: string;

    beforeEach(async () => {
      live = await LiveDriver.prepare(build);
      await live.control.createCustomer({ number: ANNA, name: 'Anna' });
      await live.control.createCustomer({ number: BEN, name: 'Ben' });
      await live.control.createCustomer({ number: STRANGER, name: 'Stranger', saved: false });
      group = chatId((await live.control.createGroup({ phone: SALES, subject: 'Team', participants: [ANNA, BEN] })).id);
      mediaPath = join(live.folder, 'photo.png');
      writeFileSync(mediaPath, picture);
      await live.start();
    });
    afterEach(() => live.stop());

    const send = async (chat: ChatId, content: OutgoingContent): Promise<Sent> => {
      const id = live.nextId();
      await live.send(chat, content, { messageId: id, ...(content.kind === 'media' ? { mediaPath } : {}) });
      return { chat, id };
    };
    /** Text and media, to a person and a group. */
    const sendAll = async (): Promise<readonly Sent[]> => {
      const sent: Sent[] = [];
      for (const chat of [anna, group]) for (const content of [hello, photo]) sent.push(await send(chat, content));
      return sent;
    };
    const statusOf = async ({ chat, id }: Sent) => (await live.driver.findMessage(chat, id))?.status;
    const accepted = () => live.control.messages.acceptedFrom(SALES);
    const eachLeftOnce = (sent: readonly Sent[]) =>
      eventually('every message, once', async () => {
        const all = await accepted();
        expect(all.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
        expect(all.map(({ accepted: times, shown }) => [times, shown])).toEqual(sent.map(() => [1, 1]));
        return true;
      });

    test.each([
      ['flush', 4],
      ['half', 2],
      ['never', 0],
    ] as const)(
      'pending %s: after a kill and a restart each is found in the page and leaves exactly once in the end, text and media alike',
      async (mood, leaving) => {
        const { id: fault } = await live.control.fault({ name: 'sends-unheard', phone: SALES });
        const sent = await sendAll();
        await live.kill();
        await live.control.endFault(fault);
        expect(await accepted()).toEqual([]);
        if (mood !== 'flush') await live.control.fault({ name: 'pending', phone: SALES, mode: mood });
        await live.start();
        // Found at once: what is absent after `ready` was never there.
        for (const one of sent) expect(await statusOf(one)).toBeDefined();
        await eventually('what leaves by itself', async () => (await accepted()).length === leaving);
        await new Promise((resolve) => setTimeout(resolve, 300));
        expect(await accepted()).toHaveLength(leaving);
        for (const { chat, id } of sent) {
          const content = (await live.driver.findMessage(chat, id))?.type === 'image' ? photo : hello;
          await live.driver.send({ chatId: chat, messageId: id, content, mediaPath, again: true });
        }
        await eachLeftOnce(sent);
        expect((await live.control.receivedBy(ANNA)).filter(({ now }) => now?.type === 'image')).toHaveLength(2);
      },
    );

    test('a status that did not leave is found after a kill and a restart, and leaves exactly once in the end', async () => {
      const { id: fault } = await live.control.fault({ name: 'sends-unheard', phone: SALES });
      const words: OutgoingContent = { kind: 'status', body: 'hello all', backgroundColor: '#7ACCA5', font: 0 };
      const sent = [await send(statusFeed, words), await send(statusFeed, photo)];
      for (const one of sent) expect(await statusOf(one)).toBe('pending');
      await live.kill();
      await live.control.endFault(fault);
      expect(await accepted()).toEqual([]);
      await live.control.fault({ name: 'pending', phone: SALES, mode: 'never' });
      await live.start();
      for (const one of sent) expect(await statusOf(one)).toBe('pending');
      for (const { chat, id } of sent) {
        await live.driver.send({ chatId: chat, messageId: id, content: words, again: true });
      }
      const all = await eventually('both', async () => {
        const found = await accepted();
        return found.length === 2 && found.every(({ shown }) => shown > 0) ? found : undefined;
      });
      expect(all.map(({ id, accepted: times }) => [id, times])).toEqual(sent.map(({ id }) => [id, 1]));
    });

    test('a message that waits in a living session leaves when the page is asked to go on, and is shown once', async () => {
      const { id: fault } = await live.control.fault({ name: 'sends-unheard', phone: SALES });
      const sent = await sendAll();
      await live.control.endFault(fault);
      for (const one of sent) {
        expect(await statusOf(one)).toBe('pending');
        await live.driver.resendMessage(one.chat, one.id);
      }
      await eachLeftOnce(sent);
      await eventually('the acks', () => sent.every(({ id }) => live.isDelivered(id)));
      // The connection comes back and the page hands over what it never got an answer for.
      const down = await live.control.fault({ name: 'socket-down', phone: SALES });
      await eventually('the loss', () => live.reports.some(({ type }) => type === 'connection_lost'));
      await live.control.endFault(down.id);
      await eventually('the copies', async () => (await accepted()).every(({ dropped }) => dropped === 1));
      await eachLeftOnce(sent);
    });

    test('a message that WhatsApp turned down stays turned down over a restart, and leaves when it is tried again', async () => {
      const refusing = await live.control.fault({ name: 'sends-refused', phone: SALES, code: 463 });
      const sent = await sendAll();
      await eventually('the refusals', () => sent.every(({ id }) => live.acksOf(id).includes('failed')));
      await live.driver.close();
      await live.control.endFault(refusing.id);
      await live.start();
      for (const one of sent) {
        expect(await statusOf(one)).toBe('failed');
        await live.driver.resendMessage(one.chat, one.id);
      }
      await eachLeftOnce(sent);
    });

    test('a message that left, or that the page does not have, is not sent by asking to go on with it', async () => {
      const one = await send(anna, hello);
      await eventually('the acks', () => live.acksOf(one.id).includes('read'));
      expect(await live.driver.resendMessage(one.chat, one.id)).toMatchObject({ status: 'read' });
      expect(await live.driver.resendMessage(anna, live.nextId())).toBeUndefined();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(await accepted()).toMatchObject([{ id: one.id, accepted: 1, dropped: 0 }]);
    });

    test('a page without the means to try again says so by name, and nothing leaves', async () => {
      for (const module of ['WAWebResendMsgAction', 'WAWebSendMsgRecordAction']) {
        await live.control.fault({ name: 'module-missing', module });
      }
      await live.kill();
      await live.start();
      // Nothing that reading and sending rest on.
      expect(live.reports.find(({ type }) => type === 'ready')).not.toHaveProperty('missing');
      await live.control.fault({ name: 'sends-unheard', phone: SALES });
      const one = await send(anna, hello);
      await expect(live.driver.resendMessage(one.chat, one.id)).rejects.toMatchObject({
        code: 'SEND_FAILED',
        effect: 'none',
        message: expect.stringContaining('WAWebSendMsgRecordAction'),
      });
      expect(await statusOf(one)).toBe('pending');
    });

    test('WhatsApp’s limits are told before the first send, obeyed without asking the network, and told when they end', async () => {
      const limits = () => live.reports.flatMap((report) => (report.type === 'limits' ? [report.limits] : []));
      await eventually('the first word', () => limits().length === 1);
      expect(limits()).toEqual([{}]);
      await live.control.writeAs(ANNA, { phone: SALES, body: 'I wrote first' });
      await live.control.setTimelock(SALES, { forMs: 3_600_000 });
      await eventually('the refusal', () =>
        live.text(stranger, 'buy!').then(
          () => false,
          (error: unknown) => (error as { readonly code: string }).code === 'LIMITED_BY_WHATSAPP',
        ),
      );
      expect(limits().at(-1)?.timelock?.endsAtMs).toBeGreaterThan(Date.now() + 3_500_000);
      expect(await live.driver.readLimits()).toEqual(limits().at(-1));
      await expect(live.text(anna, 'an answer')).resolves.toMatchObject({ body: 'an answer' });
      await expect(live.text(group, 'to all')).resolves.toMatchObject({ body: 'to all' });
      await live.control.setTimelock(SALES);
      await live.control.setCapping(SALES, { quota: 1, used: 1 });
      await eventually('the quota', async () => (await live.driver.readLimits()).capping?.status === 'CAPPED');
      await expect(live.text(stranger, 'buy!')).rejects.toMatchObject({
        code: 'LIMITED_BY_WHATSAPP',
        data: { limit: 'capping' },
      });
      await live.control.setCapping(SALES);
      await eventually('the end', async () => (await live.driver.readLimits()).capping === undefined);
      expect(limits().at(-1)).toEqual({});
      await expect(live.text(stranger, 'good morning')).resolves.toMatchObject({ body: 'good morning' });
      const toStranger = (await accepted()).filter(({ chatId: chat }) => chat === stranger);
      expect(toStranger).toMatchObject([{ body: 'good morning' }]);
      expect(
        (await live.control.ledger({ phone: SALES })).filter(({ kind }) => kind === 'refused').length,
      ).toBeLessThan(2);
    });
  });
}
