import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { OperationErrorShape } from '../../../electron/contract/errors';
import { wordsOfFailure } from '../../../renderer/state/failure-words';
import { selectAccountPage, selectLinkingAccount, selectNeedsRestart } from '../../../renderer/state/selectors';
import { lookWords } from '../../../renderer/state/session-words';
import { anAccount } from '../../fakes/entities';
import { aConsole, anaKey, anEvent, aPending, aReadyStatus, sales, settle, support } from './renderer-fixtures';

const identity = { wid: '1@c.us', phone: '+551140020022', pushName: 'Sales' };
const linking: SessionState = {
  state: 'linking',
  sinceMs: 1,
  method: 'qr',
  attempt: 1,
  maxAttempts: 6,
  expiresAtMs: 2,
};
const asleep: SessionState = { state: 'asleep', sinceMs: 1, nextLookAtMs: 2, lookEveryMinutes: 15 };
const anError = (code: OperationErrorShape['code']): OperationErrorShape => ({
  code,
  category: 'conflict',
  message: 'as main says it.',
  effect: 'none',
});
const changed = (sequence: number, accountId: typeof sales, status: SessionState, generation = 1) =>
  anEvent(sequence, {
    type: 'session.changed',
    session: { accountId, generation, windowShown: false, status },
  });
const pairingCode = (accountId: unknown, code: string) => ({ code: { accountId, code, expiresAtMs: 9 } });

describe('codes for phone numbers', () => {
  it('keeps the codes of accounts that link at the same time apart', async () => {
    const { store, actions, sink } = aConsole({
      'sessions.pairingCode': ({ accountId }) =>
        pairingCode(accountId, accountId === sales ? 'AAAA-1111' : 'BBBB-2222'),
    });
    sink.applyEvents([changed(2, sales, linking), changed(3, support, linking)]);
    await Promise.all([actions.askPairingCode(sales, '551140020022'), actions.askPairingCode(support, '14155550123')]);
    const { pairings } = store.getState();
    expect([pairings[sales]?.code.code, pairings[support]?.code.code]).toEqual(['AAAA-1111', 'BBBB-2222']);
    expect(pairings[sales]?.phoneNumber).toBe('551140020022');
  });

  it('drops a code as soon as its account no longer links, and the others stay', async () => {
    const { store, actions, sink } = aConsole({
      'sessions.pairingCode': ({ accountId }) => pairingCode(accountId, 'AAAA-1111'),
    });
    sink.applyEvents([changed(2, sales, linking), changed(3, support, linking)]);
    await actions.askPairingCode(sales, '551140020022');
    await actions.askPairingCode(support, '14155550123');
    sink.applyEvents([changed(4, sales, { state: 'syncing', sinceMs: 5, percent: 1 })]);
    expect(Object.keys(store.getState().pairings)).toEqual([support]);
  });

  it('does not show a code that came after the account had stopped linking', async () => {
    const answer = aPending<unknown>();
    const { store, actions, sink } = aConsole({ 'sessions.pairingCode': () => answer.promise });
    sink.applyEvents([changed(2, sales, linking)]);
    const asking = actions.askPairingCode(sales, '551140020022');
    sink.applyEvents([changed(3, sales, { state: 'stopped', sinceMs: 5 })]);
    answer.resolve(pairingCode(sales, 'AAAA-1111'));
    await asking;
    expect(store.getState().pairings).toEqual({});
  });

  it('hands a refusal to whoever asked, as main worded it', async () => {
    const { actions } = aConsole({
      'sessions.pairingCode': () => {
        throw new Error('WhatsApp gives no code for this number.');
      },
    });
    await expect(actions.askPairingCode(sales, '1')).rejects.toThrow('WhatsApp gives no code for this number.');
  });
});

describe('accounts that sleep', () => {
  it('wakes when somebody chooses it or opens one of its conversations, and only then', async () => {
    const { actions, sink, calls } = aConsole({
      'sessions.start': () => ({}),
      'messages.list': () => ({ messages: [] }),
    });
    const starts = () => calls.filter(({ name }) => name === 'sessions.start').map(({ input }) => input['accountId']);
    sink.applyEvents([changed(2, sales, asleep), changed(3, support, aReadyStatus(1))]);
    actions.showAccountPage(sales, 'settings');
    actions.chooseScope(support);
    await settle();
    expect(starts()).toEqual([]);
    actions.chooseScope(sales);
    actions.openConversation(anaKey);
    await settle();
    expect(starts()).toEqual([sales, sales]);
  });
});

describe('pages of an account', () => {
  it('holds on to a chosen tab, and goes from the code to the chats by itself when nobody chose one', () => {
    const { store, actions, sink } = aConsole();
    sink.applyEvents([changed(2, sales, linking)]);
    actions.chooseScope(sales);
    actions.choosePage('log');
    actions.choosePage('link');
    expect(selectAccountPage(store.getState())).toBe('link');
    sink.applyEvents([changed(3, sales, aReadyStatus(1))]);
    expect(selectAccountPage(store.getState())).toBe('chats');
    actions.choosePage('log');
    sink.applyEvents([changed(4, sales, linking)]);
    expect(selectAccountPage(store.getState())).toBe('log');
  });

  it('stays on the linking page when the codes are used up or the number belongs to another account', () => {
    const { store, actions, sink } = aConsole();
    sink.applyEvents([anEvent(2, { type: 'account.updated', account: anAccount('sales', { identity }) })]);
    actions.chooseScope(sales);
    const codes = ['SESSION_LINK_EXPIRED', 'SESSION_LOGGED_OUT', 'NUMBER_ALREADY_LINKED'] as const;
    for (const [index, code] of codes.entries()) {
      sink.applyEvents([changed(3 + index, sales, { state: 'failed', sinceMs: 1, error: anError(code) })]);
      expect(selectLinkingAccount(store.getState()), code).toBe(sales);
    }
  });

  it('shows the page about the console until an account or the inbox is chosen', () => {
    const { store, actions } = aConsole();
    actions.showConsolePage('overview');
    expect(store.getState().consolePage).toBe('overview');
    actions.chooseScope('all');
    expect(store.getState().consolePage).toBeUndefined();
  });
});

describe('settings of an account that runs', () => {
  it('asks for a restart until the next start, and not at all while the account is stopped', () => {
    const { store, actions, sink } = aConsole();
    const needsRestart = () => selectNeedsRestart(sales)(store.getState());
    const account = anAccount('sales', { label: 'Sales' });
    sink.applyEvents([changed(2, sales, aReadyStatus(1), 4)]);
    actions.takeConfigured(account, false);
    expect(needsRestart()).toBe(false);
    actions.takeConfigured(account, true);
    expect(needsRestart()).toBe(true);
    sink.applyEvents([changed(3, sales, { state: 'stopped', sinceMs: 1 }, 4)]);
    expect(needsRestart()).toBe(false);
    sink.applyEvents([changed(4, sales, { state: 'starting', sinceMs: 1, attempt: 0 }, 5)]);
    expect(needsRestart()).toBe(false);
  });
});

describe('what everything costs', () => {
  it('keeps the last figures when a look fails, and never looks twice at the same time', async () => {
    const usage = { accounts: [] };
    const answer = aPending<unknown>();
    let looks = 0;
    const { store, actions } = aConsole({
      'usage.get': () => {
        looks += 1;
        if (looks === 1) return { usage };
        return answer.promise;
      },
    });
    await actions.readUsage();
    const second = actions.readUsage();
    await actions.readUsage();
    expect(looks).toBe(2);
    answer.reject(new Error('no figures'));
    await second;
    expect(store.getState().usage).toBe(usage);
  });
});

describe('failures in words', () => {
  it('says a failed account by name, and always with a way out', () => {
    for (const code of [
      'SESSION_BANNED',
      'SESSION_TERMS_BLOCKED',
      'SESSION_CONFLICT',
      'SESSION_LOGGED_OUT',
      'SESSION_LINK_EXPIRED',
      'SESSION_CRASHED',
      'PROXY_FAILED',
      'BROWSER_NOT_FOUND',
    ] as const) {
      const { title, button } = wordsOfFailure(anError(code), 'Sales');
      expect(title, code).toContain('Sales');
      expect(button, code).not.toBe('');
    }
    expect(wordsOfFailure(anError('SESSION_CONFLICT'), 'Sales').title).toBe('Sales is in use in another window');
    const taken = { ...anError('NUMBER_ALREADY_LINKED'), data: { accountId: support } };
    expect(wordsOfFailure(taken, 'Sales').holder).toBe(support);
  });
});

describe('an account that sleeps', () => {
  it('says how often it looks for news, and one that is awake does not', () => {
    expect(lookWords(asleep)).toBe('looks every 15 minutes');
    expect(lookWords({ ...asleep, lookEveryMinutes: 1 })).toBe('looks every minute');
    expect(lookWords(aReadyStatus(1))).toBeUndefined();
  });
});
