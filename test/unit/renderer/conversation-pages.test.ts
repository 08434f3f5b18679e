import { describe, expect, it } from 'vitest';
import type { Message } from '../../../electron/contract/entities/message';
import {
  type Conversation,
  layOver,
  newConversation,
  withEvents,
  withNewestPage,
  withOlderPage,
  withoutMessages,
} from '../../../renderer/state/conversation-pages';
import { messageKey } from '../../../renderer/state/keys';
import { aMessage } from './renderer-fixtures';

const at = (id: string, timestampMs: number, changes: Partial<Message> = {}): Message =>
  aMessage(id, { timestampMs, ...changes });
const loaded = (messages: readonly Message[], olderCursor?: string): Conversation =>
  withNewestPage(newConversation, messages, olderCursor);
const ids = (conversation: Conversation): string => conversation.messages.map((message) => message.id).join(' ');

describe('loaded history of a chat', () => {
  it('puts a late message where its time says, ties by arrival', () => {
    const conversation = loaded([at('1', 10), at('4', 30)]);
    expect(ids(withEvents(conversation, [at('3', 20), at('2', 20)], []))).toBe('1 2 3 4');
  });

  it('changes a message in place and leaves the others the same objects', () => {
    const own = at('2', 20, { fromMe: true, status: 'pending' });
    const conversation = loaded([at('1', 10), own]);
    const next = withEvents(conversation, [], [{ ...own, status: 'sent' }]);
    expect(next.messages[1]?.status).toBe('sent');
    expect(next.messages[0]).toBe(conversation.messages[0]);
  });

  it('is the same object when an event says what is known', () => {
    const conversation = loaded([at('1', 10)]);
    expect(withEvents(conversation, [at('1', 10)], [at('1', 10)])).toBe(conversation);
  });

  it('keeps an own and a received message with the same id apart', () => {
    const conversation = loaded([at('1', 10)]);
    expect(withEvents(conversation, [at('1', 11, { fromMe: true })], []).messages).toHaveLength(2);
  });

  it('does not show a stretch of history out of its context', () => {
    const conversation = loaded([at('5', 50)], 'older');
    expect(withEvents(conversation, [at('1', 10)], [at('2', 20)])).toBe(conversation);
    expect(ids(withEvents(loaded([at('5', 50)]), [at('1', 10)], []))).toBe('1 5');
  });

  it('grows upward without changing what is below', () => {
    const conversation = loaded([at('5', 50), at('6', 60)], 'older');
    const next = withOlderPage(conversation, [at('3', 30), at('5', 50)], 'still older');
    expect(ids(next)).toBe('3 5 6');
    expect(next.messages[1]).toBe(conversation.messages[0]);
    expect(next.olderCursor).toBe('still older');
  });

  it('lets what came while the page was on its way win over the page', () => {
    const own = at('1', 10, { fromMe: true, status: 'pending' });
    const underway: Conversation = { ...newConversation, refreshing: true };
    const during = withEvents(underway, [own, at('2', 20)], [{ ...own, status: 'read' }]);
    const done = withNewestPage(during, [own], undefined);
    expect(ids(done)).toBe('1 2');
    expect(done.messages[0]?.status).toBe('read');
  });

  it('takes a reread page as it is, keeping unchanged messages the same objects', () => {
    const conversation = loaded([at('1', 10), at('2', 20)]);
    const next = withNewestPage(conversation, [at('2', 20), at('3', 30)], 'older');
    expect(ids(next)).toBe('2 3');
    expect(next.messages[0]).toBe(conversation.messages[1]);
  });

  it('lays nothing over a list without copying it', () => {
    const messages = [at('1', 10)];
    expect(layOver(messages, [])).toBe(messages);
  });

  it('lets a message go that was taken back, also when the page on its way still holds it', () => {
    const own = at('2', 20, { fromMe: true, status: 'pending' });
    const gone = new Set([messageKey(own)]);
    expect(ids(withoutMessages(loaded([at('1', 10), own]), gone))).toBe('1');
    const underway: Conversation = { ...loaded([at('1', 10), own]), refreshing: true };
    expect(ids(withNewestPage(withoutMessages(underway, gone), [at('1', 10), own], undefined))).toBe('1');
    const older: Conversation = { ...loaded([at('5', 50)], 'older'), olderPhase: 'loading' };
    expect(ids(withOlderPage(withoutMessages(older, gone), [at('1', 10), own], undefined))).toBe('1 5');
  });

  it('is the same object when what was taken back is not in it', () => {
    const conversation = loaded([at('1', 10)]);
    expect(withoutMessages(conversation, new Set(['out:9']))).toBe(conversation);
  });
});
