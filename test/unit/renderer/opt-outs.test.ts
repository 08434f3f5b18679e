import { describe, expect, it } from 'vitest';
import type { OptOut } from '../../../electron/contract/entities/opt-out';
import { aConsole, anEvent, aPending, settle } from './renderer-fixtures';

const entry = (contact: string, note?: string): OptOut => ({
  contact,
  addedAtMs: 1,
  ...(note === undefined ? {} : { note }),
});
const contacts = (console_: ReturnType<typeof aConsole>) =>
  console_.store.getState().optOuts?.entries.map(({ contact }) => contact);

describe('the do-not-contact list in the window', () => {
  it('reads page after page to its end, so that it can be counted and searched', async () => {
    const pages: Record<string, unknown> = {
      first: { optOuts: [entry('33300001'), entry('33300002')], nextCursor: 'second' },
      second: { optOuts: [entry('33300003')] },
    };
    const console_ = aConsole({ 'optOuts.list': ({ cursor }) => pages[typeof cursor === 'string' ? cursor : 'first'] });
    await console_.actions.openOptOuts();
    expect(contacts(console_)).toEqual(['33300001', '33300002', '33300003']);
    expect(console_.store.getState().optOuts?.phase).toBe('ready');
  });

  it('stops reading when it is closed', async () => {
    const page = aPending<unknown>();
    const console_ = aConsole({ 'optOuts.list': () => page.promise });
    const opening = console_.actions.openOptOuts();
    console_.actions.closeOptOuts();
    page.resolve({ optOuts: [entry('33300001')], nextCursor: 'more' });
    await opening;
    expect(console_.store.getState().optOuts).toBeUndefined();
    expect(console_.calls).toHaveLength(1);
  });

  it('holds nobody twice, whichever of answer, event and page comes first', async () => {
    const page = aPending<unknown>();
    const console_ = aConsole({
      'optOuts.list': () => page.promise,
      'optOuts.add': ({ contact }) => ({ optOut: entry(String(contact), 'asked us') }),
    });
    const opening = console_.actions.openOptOuts();
    await console_.actions.addOptOut('33300009', ' asked us ');
    console_.sink.applyEvents([anEvent(2, { type: 'optOut.added', optOut: entry('33300009', 'asked us') })]);
    page.resolve({ optOuts: [entry('33300009', 'asked us'), entry('33300001')] });
    await opening;
    expect(contacts(console_)).toEqual(['33300009', '33300001']);
    expect(console_.calls[1]?.input).toEqual({ contact: '33300009', note: 'asked us' });
  });

  it('follows what others add and remove, and does nothing while it is closed', async () => {
    const console_ = aConsole({ 'optOuts.list': () => ({ optOuts: [entry('33300001')] }) });
    console_.sink.applyEvents([anEvent(2, { type: 'optOut.added', optOut: entry('33300005') })]);
    expect(console_.store.getState().optOuts).toBeUndefined();
    await console_.actions.openOptOuts();
    console_.sink.applyEvents([
      anEvent(3, { type: 'optOut.added', optOut: entry('33300002') }),
      anEvent(4, { type: 'optOut.removed', contact: '33300001' }),
    ]);
    expect(contacts(console_)).toEqual(['33300002']);
  });

  it('keeps what was read when the rest cannot be, and says why', async () => {
    const console_ = aConsole({
      'optOuts.list': ({ cursor }) => {
        if (cursor !== undefined) throw new Error('The store does not answer.');
        return { optOuts: [entry('33300001')], nextCursor: 'more' };
      },
    });
    await console_.actions.openOptOuts();
    await settle();
    expect(console_.store.getState().optOuts).toMatchObject({
      phase: 'failed',
      error: 'The store does not answer.',
      entries: [{ contact: '33300001' }],
    });
  });
});
