import { describe, expect, it } from 'vitest';
import type { ConsoleEvent, EventBody } from '../../../electron/contract/events';
import { newestEvents } from '../../../electron/surfaces/ipc/newest-events';
import { aChat, aMessage, anEvent } from '../renderer/renderer-fixtures';

const eventsOf = (...bodies: readonly EventBody[]): readonly ConsoleEvent[] =>
  bodies.map((body, index) => anEvent(10 + index, body));
const chat = (name: string): EventBody => ({ type: 'chat.updated', chat: aChat(name) });
const added = (id: string): EventBody => ({ type: 'message.added', message: aMessage(id) });
const updated = (id: string, changes = {}): EventBody => ({ type: 'message.updated', message: aMessage(id, changes) });

const placesOf = (events: readonly ConsoleEvent[]) =>
  newestEvents(events).map(({ sequence, since }) => (since === undefined ? `${sequence}` : `${since}-${sequence}`));

describe('the newest of a batch of events', () => {
  it('are all of them where each is about something else, and as they were', () => {
    const events = eventsOf(chat('ana'), chat('bruno'), added('A1'), updated('A1'));
    expect(newestEvents(events)).toEqual(events);
    expect(newestEvents([])).toEqual([]);
  });

  it('leave out what a later one says newer, and stand for it without a hole', () => {
    expect(placesOf(eventsOf(chat('ana'), updated('A1'), chat('ana'), updated('A1'), chat('ana')))).toEqual([
      '10-13',
      '14',
    ]);
  });

  it('never leave out what happens once: a message that came, one that was removed', () => {
    const { accountId, chatId, id: messageId, fromMe } = aMessage('A1');
    const removed: EventBody = { type: 'message.removed', accountId, chatId, messageId, fromMe };
    const events = eventsOf(added('A1'), added('A1'), removed, removed);
    expect(newestEvents(events)).toEqual(events);
  });

  it('tell apart an own message and one of somebody else under the same id', () => {
    expect(placesOf(eventsOf(updated('A1', { fromMe: true }), updated('A1', { fromMe: false })))).toEqual(['10', '11']);
  });
});
