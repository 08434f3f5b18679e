import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chatId, messageId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { actionsOf } from '../fixtures/live-actions';
import { LiveDriver, SALES } from '../fixtures/live-driver';

const ANNA = '4915112345678';
const HIDDEN = '4915133333333';
const anna = chatId(`${ANNA}@c.us`);
const stranger = chatId('4915199999999@c.us');

const prepare = async (platform: 'smba' | 'android'): Promise<LiveDriver> => {
  const live = await LiveDriver.prepare('classic');
  await live.control.people.changePhone(SALES, { platform });
  await live.control.createCustomer({ number: ANNA, name: 'Anna' });
  await live.control.createCustomer({ number: HIDDEN, name: 'Cleo', appearsAs: 'lid' });
  await live.control.writeAs(ANNA, { phone: SALES, body: 'Hello' });
  await live.control.writeAs(HIDDEN, { phone: SALES, body: 'Hello' });
  await live.start();
  await eventually('the chats', async () => ((await live.driver.listChats()).length >= 2 ? true : undefined));
  return live;
};

describe('labels of a WhatsApp Business account', () => {
  let live: LiveDriver;
  const { act } = actionsOf(() => live);
  beforeAll(async () => {
    live = await prepare('smba');
  });
  afterAll(() => live.stop());
  beforeEach(() => live.control.people.setLabels(SALES, anna, []));

  const onPhone = async (id: string) => (await live.control.chatsOf(SALES)).find((chat) => chat.id === id)?.labels;

  test('are told with name and colour', async () => {
    const { labels } = await act('labels.list', {});
    const there = await live.control.people.labels(SALES);
    expect(labels).toEqual(there.map(({ id, name, hexColor }) => ({ id, name, color: hexColor })));
    expect(labels.length).toBeGreaterThan(2);
  });

  test('a chat has exactly those that were set, then one less, then none', async () => {
    const set = await act('labels.setOfChat', { chatId: anna, labels: ['1', '3', '3'] });
    expect(set.labels.map(({ id }) => id)).toEqual(['1', '3']);
    expect(await onPhone(anna)).toEqual(['1', '3']);
    expect(await act('labels.listOfChat', { chatId: anna })).toEqual(set);
    const other = await act('labels.setOfChat', { chatId: anna, labels: ['3', '4'] });
    expect(other.labels.map(({ id }) => id)).toEqual(['3', '4']);
    const less = await act('labels.removeFromChat', { chatId: anna, labelId: '3' });
    expect(less.labels.map(({ id }) => id)).toEqual(['4']);
    expect(await onPhone(anna)).toEqual(['4']);
    expect(await act('labels.removeFromChat', { chatId: anna, labelId: '3' })).toEqual(less);
    expect(await act('labels.setOfChat', { chatId: anna, labels: [] })).toEqual({ labels: [] });
    expect(await onPhone(anna)).toEqual([]);
  });

  test('a chat that is known by hidden id is labelled by number too', async () => {
    const chat = chatId(`${HIDDEN}@c.us`);
    const { labels } = await act('labels.setOfChat', { chatId: chat, labels: ['2'] });
    expect(labels.map(({ id }) => id)).toEqual(['2']);
    const labelled = (await live.control.chatsOf(SALES)).filter((one) => one.labels.includes('2'));
    expect(labelled.map(({ id }) => id)).toEqual([expect.stringMatching(/@lid$/)]);
  });

  test('a label or a chat that is not there is refused by field, and nothing changes', async () => {
    await act('labels.setOfChat', { chatId: anna, labels: ['1'] });
    await expect(act('labels.setOfChat', { chatId: anna, labels: ['2', '99'] })).rejects.toMatchObject({
      code: 'LABEL_NOT_FOUND',
      message: expect.stringMatching(/Account sales has no label 99 \(labels\)/),
    });
    await expect(act('labels.removeFromChat', { chatId: anna, labelId: '99' })).rejects.toMatchObject({
      code: 'LABEL_NOT_FOUND',
      message: expect.stringContaining('labelId'),
    });
    for (const ask of [
      () => act('labels.listOfChat', { chatId: stranger }),
      () => act('labels.setOfChat', { chatId: stranger, labels: ['1'] }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'CHAT_NOT_FOUND',
        message: expect.stringMatching(/Account sales .*4915199999999@c\.us \(chatId\)/),
      });
    }
    expect(await onPhone(anna)).toEqual(['1']);
    expect(await onPhone(stranger)).toBeUndefined();
  });

  test('single messages have none, and that is said instead of pretended', async () => {
    const input = { chatId: anna, messageId: messageId('3EB0AA') };
    for (const ask of [
      () => act('labels.listOfMessage', input),
      () => act('labels.setOfMessage', { ...input, labels: ['1'] }),
      () => act('labels.removeFromMessage', { ...input, labelId: '1' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'NOT_SUPPORTED', effect: 'none' });
    }
  });
});

describe('labels of an ordinary account', () => {
  let live: LiveDriver;
  const { act } = actionsOf(() => live);
  beforeAll(async () => {
    live = await prepare('android');
  });
  afterAll(() => live.stop());

  test('there are none, and every call says why', async () => {
    for (const ask of [
      () => act('labels.list', {}),
      () => act('labels.listOfChat', { chatId: anna }),
      () => act('labels.setOfChat', { chatId: anna, labels: [] }),
      () => act('labels.removeFromChat', { chatId: anna, labelId: '1' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({
        code: 'NOT_SUPPORTED',
        message: expect.stringMatching(/Account sales .*WhatsApp Business/),
      });
    }
  });
});
