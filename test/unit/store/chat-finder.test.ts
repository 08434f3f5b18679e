import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObservedChat } from '../../../electron/contract/entities/chat';
import { createStoreHost, type StoreHost } from '../../../electron/store/store-host';
import { accountId, anInbound, anObservedChat, chatId } from '../../fakes/entities';
import { createMemoryLog } from '../../fakes/memory-log';
import { removeTemporaryFolders, temporaryFolder } from '../../fakes/temporary-folder';

const [support, sales] = [accountId('support'), accountId('sales')];
let host: StoreHost;

beforeEach(() => {
  const folder = temporaryFolder();
  const { log } = createMemoryLog();
  host = createStoreHost({ accountsDir: folder, consoleFile: `${folder}/console.db`, log, nowMs: () => 1 });
  for (const id of [support, sales]) host.open(id);
});
afterEach(() => {
  host.closeAll();
  removeTemporaryFolders();
});

const person = (number: string, name: string, changes: Partial<ObservedChat> = {}): ObservedChat =>
  anObservedChat({ id: chatId(`${number}@c.us`), phone: `+${number}`, name, ...changes });
const find = (query: string, limit = 20, accountIds = [support, sales]) => host.findChats({ accountIds, query, limit });
const names = (...query: Parameters<typeof find>) => find(...query).map(({ name }) => name);

describe('finding chats', () => {
  it('answers across accounts, the best first and the newest of those', () => {
    host.upsertChats(support, [
      person('551100000001', 'Joana', { lastActivityMs: 9_000 }),
      person('551100000002', 'Ana Silva', { lastActivityMs: 1_000 }),
      person('551100000003', 'Maria Ana', { lastActivityMs: 8_000 }),
    ]);
    host.upsertChats(sales, [
      person('551100000002', 'Aña Sílva', { lastActivityMs: 2_000 }),
      person('551100000004', 'ANA', { lastActivityMs: 500 }),
      person('551100000005', 'Bruno', { lastActivityMs: 9_000 }),
    ]);
    expect(names('ana')).toEqual(['ANA', 'Aña Sílva', 'Ana Silva', 'Maria Ana', 'Joana']);
    expect(names('ana', 2)).toEqual(['ANA', 'Aña Sílva']);
    expect(names('ana', 20, [support])).toEqual(['Ana Silva', 'Maria Ana', 'Joana']);
    expect(find('ANA', 1)).toEqual([
      {
        accountId: sales,
        chatId: '551100000004@c.us',
        name: 'ANA',
        kind: 'direct',
        phone: '+551100000004',
        lastActivityMs: 500,
      },
    ]);
  });

  it('finds numbers of chats by number and by hidden id, and not the digits of ids that are no numbers', () => {
    host.upsertChats(support, [
      person('551140020022', 'Ana'),
      anObservedChat({ id: chatId('98765432101234@lid'), phone: '+551140020033', name: 'Bruno' }),
      anObservedChat({ id: chatId('120363000000000001@g.us'), kind: 'group', name: 'Team' }),
    ]);
    const [{ phone: _phone, ...hidden }] = [anObservedChat({ id: chatId('1203630001@lid'), name: 'Hidden' })];
    host.upsertChats(support, [hidden]);
    expect(names('(11) 4002-00').toSorted()).toEqual(['Ana', 'Bruno']);
    expect(names('+55 11 4002 0033')).toEqual(['Bruno']);
    expect(names('120363')).toEqual([]);
  });

  it('finds what is named with line ends, and keeps every name with its own chat', () => {
    host.upsertChats(support, [
      person('551100000001', 'two\nlines\r\nhere'),
      person('551100000002', 'lines'),
      person('551100000003', '\ud83d half'),
      person('551100000004', 'last'),
    ]);
    expect(find('two lines').map((one) => one.chatId)).toEqual(['551100000001@c.us']);
    expect(find('last').map((one) => one.chatId)).toEqual(['551100000004@c.us']);
  });

  it('leaves out what is on no list: removed chats and the status feed', () => {
    host.saveMessages(support, [anInbound('S1', { chatId: chatId('status@broadcast') })]);
    host.upsertChats(support, [person('551100000001', 'Ana')]);
    expect(names('status')).toEqual([]);
    host.emptyChat(support, chatId('551100000001@c.us'), true);
    expect(names('ana')).toEqual([]);
    expect(names('ana', 20, [])).toEqual([]);
  });

  it('stays fast: 20 accounts with 10,000 chats each', () => {
    const firsts = ['João', 'Ana', 'Márcia', 'Bruno', 'Zoë', '李雷', 'Peter', 'Иван'];
    const accountIds = Array.from({ length: 20 }, (_, index) => accountId(`many-${index}`));
    for (const [index, id] of accountIds.entries()) {
      host.open(id);
      host.upsertChats(
        id,
        Array.from({ length: 10_000 }, (_, count) =>
          person(`55119${String(index * 10_000 + count).padStart(8, '0')}`, `${firsts[count % 8]} da Silva ${count}`, {
            lastActivityMs: count,
          }),
        ),
      );
    }
    const times: number[] = [];
    for (const query of ['marcia', 'a', '9123', 'silva joao', 'nobody at all', '李雷', '+55 11 9']) {
      const before = process.cpuUsage();
      const found = find(query, 20, accountIds);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1_000);
      expect(found.length).toBe(query === 'nobody at all' ? 0 : 20);
    }
    // Processor time. Several times what it takes on a quiet machine: a busy one must not fail this.
    expect(times.toSorted((one, other) => one - other)[0]).toBeLessThan(600);
  }, 120_000);
});
