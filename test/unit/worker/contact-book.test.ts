import { describe, expect, it } from 'vitest';
import { type ContactBook, createContactBook, keptMs } from '../../../electron/worker/driver/actions/contact-book';
import { contactActions } from '../../../electron/worker/driver/actions/contacts';
import type { ActionPage } from '../../../electron/worker/driver/actions/page-actions';
import { accountId } from '../../fakes/entities';

/** A page with five people in its address book that counts how often it is asked for all of them. */
const aPage = () => {
  const timers: { readonly run: () => void; readonly delayMs: number; cancelled: boolean }[] = [];
  const contactBook: ContactBook = createContactBook((run, delayMs) => {
    const timer = { run, delayMs, cancelled: false };
    timers.push(timer);
    return () => {
      timer.cancelled = true;
    };
  });
  let names = ['Ana', 'Bruno', 'Carla', 'Dora', 'Emil'];
  let asked = 0;
  const client = {
    getContacts: async () => {
      asked += 1;
      return names.map((name, index) => ({ id: `55110000000${index}@c.us`, name, isMyContact: true }));
    },
  } as unknown as ActionPage['client'];
  const page: ActionPage = { accountId: accountId('support'), client, contactBook };
  const list = (wish: { readonly cursor?: string; readonly offset?: number } = {}) =>
    contactActions['contacts.list'](
      page,
      { sortBy: 'name', sortOrder: 'asc', offset: 0, limit: 2, ...wish },
      undefined,
    );
  return {
    contactBook,
    timers,
    list,
    asked: () => asked,
    rename: (next: string[]) => {
      names = next;
    },
  };
};
const namesIn = ({ contacts }: { readonly contacts: readonly { readonly name?: string | undefined }[] }) =>
  contacts.map(({ name }) => name);

describe('the address book of a page', () => {
  it('is read once for all pages of a list, whichever way they are asked for', async () => {
    const { list, asked } = aPage();
    const first = await list();
    const second = await list({ cursor: first.nextCursor ?? '' });
    const third = await list({ cursor: second.nextCursor ?? '' });
    expect([first, second, third].flatMap(namesIn)).toEqual(['Ana', 'Bruno', 'Carla', 'Dora', 'Emil']);
    expect(namesIn(await list({ offset: 4 }))).toEqual(['Emil']);
    expect(asked()).toBe(1);
  });

  it('is read anew by whoever begins a list', async () => {
    const { list, asked, rename } = aPage();
    await list();
    rename(['Zoe']);
    expect(namesIn(await list())).toEqual(['Zoe']);
    expect(asked()).toBe(2);
  });

  it('is not kept longer than three minutes, and goes when somebody is blocked', async () => {
    const { list, asked, timers, contactBook } = aPage();
    await list();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([keptMs]);
    expect(keptMs).toBeLessThanOrEqual(180_000);
    timers[0]?.run();
    await list({ offset: 2 });
    expect(asked()).toBe(2);
    contactBook.forget();
    expect(timers[1]?.cancelled).toBe(true);
    await list({ offset: 2 });
    expect(asked()).toBe(3);
  });

  it('does not keep a reading during which something changed', async () => {
    const { contactBook } = aPage();
    let reads = 0;
    const read = async () => {
      reads += 1;
      contactBook.forget();
      return [];
    };
    await contactBook.all(false, read);
    await contactBook.all(true, read);
    expect(reads).toBe(2);
  });
});
