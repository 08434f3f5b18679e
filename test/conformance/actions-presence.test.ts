import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChatId } from '../../electron/contract/ids';
import { chatId } from '../fakes/entities';
import { eventually } from '../fixtures/eventually';
import { actionsOf } from '../fixtures/live-actions';
import { LiveDriver, SALES } from '../fixtures/live-driver';

const ANNA = '4915112345678';
const CLEO = '4915133333333';
const anna = chatId(`${ANNA}@c.us`);
const cleo = chatId(`${CLEO}@c.us`);

describe('presence', () => {
  let live: LiveDriver;
  let group: ChatId;
  const { act, refusal } = actionsOf(() => live);
  const typed = async () =>
    (await live.control.ledger({ phone: SALES })).filter(({ kind }) => kind === 'typing').map(({ body }) => body);
  const stateOf = async (chat: ChatId) => (await act('presences.get', { chatId: chat })).presence.people[0]?.state;

  beforeAll(async () => {
    live = await LiveDriver.prepare('classic');
    await live.control.createCustomer({ number: ANNA, name: 'Anna' });
    await live.control.createCustomer({ number: CLEO, name: 'Cleo', appearsAs: 'lid' });
    group = chatId((await live.control.createGroup({ phone: SALES, subject: 'Team', participants: [ANNA] })).id);
    await live.start();
    await live.control.writeAs(ANNA, { phone: SALES, body: 'hi' });
    await live.control.writeAs(ANNA, { phone: SALES, group, body: 'hi all' });
    await eventually('both chats', async () => {
      const ids = (await live.driver.listChats()).map(({ id }) => id);
      return ids.includes(anna) && ids.includes(group);
    });
  });
  afterAll(() => live.stop());

  test('of somebody of whom nothing was told is empty, and nobody is asked', async () => {
    expect((await act('presences.get', { chatId: anna })).presence).toEqual({
      chatId: anna,
      isSubscribed: false,
      people: [],
    });
    expect(await act('presences.list', {})).toEqual({ presences: [], total: 0 });
  });

  test('once subscribed, a person is seen coming, typing, recording and going', async () => {
    const { presence } = await act('presences.subscribe', { chatId: anna });
    expect(presence).toMatchObject({ chatId: anna, isSubscribed: true });
    for (const [told, state] of [
      ['available', 'online'],
      ['composing', 'typing'],
      ['recording', 'recording'],
      ['paused', 'paused'],
      ['unavailable', 'offline'],
    ] as const) {
      await live.control.people.presence(ANNA, { phone: SALES, state: told });
      await eventually(state, async () => (await stateOf(anna)) === state);
    }
    const [person] = (await act('presences.get', { chatId: anna })).presence.people;
    expect(person).toMatchObject({ contactId: anna, atMs: expect.any(Number) });
  });

  test('in a group says who it is about', async () => {
    await act('presences.subscribe', { chatId: group });
    await live.control.people.presence(ANNA, { phone: SALES, group, state: 'composing' });
    await eventually('typing', async () => (await stateOf(group)) === 'typing');
    expect((await act('presences.get', { chatId: group })).presence.people).toMatchObject([{ contactId: anna }]);
  });

  test('of somebody who is met by hidden id is found by number', async () => {
    expect((await act('presences.subscribe', { chatId: cleo })).presence.isSubscribed).toBe(true);
    await live.control.people.presence(CLEO, { phone: SALES, state: 'composing' });
    await eventually('typing', async () => (await stateOf(cleo)) === 'typing');
    expect((await act('presences.get', { chatId: cleo })).presence.people).toMatchObject([{ contactId: cleo }]);
  });

  test('is listed for every chat of which something is known, in pages', async () => {
    const { presences, total } = await act('presences.list', {});
    expect(presences.map((one) => one.chatId)).toEqual(expect.arrayContaining([anna, group]));
    expect(total).toBe(presences.length);
    expect((await act('presences.list', { offset: total - 1, limit: 5 })).presences).toHaveLength(1);
  });

  test('of chats and people that are not there cannot be subscribed', async () => {
    const unknown = chatId('120363000000009999@g.us');
    expect(await refusal('presences.subscribe', { chatId: unknown })).toMatchObject({ code: 'CHAT_NOT_FOUND' });
    const nobody = chatId('4930000000@c.us');
    expect(await refusal('presences.subscribe', { chatId: nobody })).toMatchObject({ code: 'CONTACT_NOT_FOUND' });
  });

  test('of the account is shown to others, and not', async () => {
    const available = async () => (await live.control.phone(SALES)).devices[0]?.available;
    await act('presences.set', { presence: 'online' });
    expect(await available()).toBe(true);
    await act('presences.set', { presence: 'offline' });
    expect(await available()).toBe(false);
  });

  test('typing, recording and stopping are shown in the chat that was named', async () => {
    for (const presence of ['typing', 'recording', 'paused'] as const) {
      expect(await act('presences.set', { presence, chatId: anna })).toEqual({ presence });
    }
    expect(await typed()).toEqual(['composing', 'recording', 'paused']);
    expect(await refusal('presences.set', { presence: 'typing' })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('chatId'),
    });
    const elsewhere = chatId('4930000000@c.us');
    expect(await refusal('presences.set', { presence: 'typing', chatId: elsewhere })).toMatchObject({
      code: 'CHAT_NOT_FOUND',
    });
    expect(await typed()).toHaveLength(3);
  });
});
