import type { Dispatch } from '../application/dispatch';
import type { EventBus } from '../application/event-bus';
import type { Log } from '../application/ports/log';
import type { AccountId } from '../contract/ids';
import { windowCaller } from '../surfaces/ipc';

const demoLabels = ['Sales', 'Support'] as const;

/**
 * A first start of `npm run demo`: the local API on, and two practice accounts whose simulated phones scan their codes at
 * once. Later starts find the accounts linked and change nothing, also not what the person has switched off since.
 * Everything goes through the same operations as a person's clicks.
 */
export const prepareDemo = async (dispatch: Dispatch, events: EventBus, log: Log): Promise<void> => {
  const known = await dispatch(windowCaller, 'accounts.list', {});
  if (!known.ok || known.data.accounts.length > 0) return;

  const settings = await dispatch(windowCaller, 'settings.get', {});
  if (settings.ok) {
    const { api } = settings.data.settings;
    const switchedOn = await dispatch(windowCaller, 'settings.update', { api: { ...api, enabled: true } });
    if (!switchedOn.ok) log.warn('the local API could not be switched on', { code: switchedOn.error.code });
  }

  const waiting = new Set<AccountId>();
  const unsubscribe = events.subscribe((event) => {
    if (event.body.type !== 'session.changed') return;
    const { accountId, status } = event.body.session;
    if (!waiting.has(accountId)) return;
    if (status.state === 'ready') {
      waiting.delete(accountId);
      if (waiting.size === 0) unsubscribe();
    }
    if (status.state !== 'linking') return;
    void dispatch(windowCaller, 'phones.scan', { accountId }).then((scanned) => {
      if (!scanned.ok) log.warn('the demo phone could not scan the code', { accountId, code: scanned.error.code });
    });
  });

  for (const label of demoLabels) {
    const created = await dispatch(windowCaller, 'accounts.create', { label, network: 'practice' });
    if (!created.ok) throw new Error(created.error.message);
    waiting.add(created.data.account.id);
    const started = await dispatch(windowCaller, 'sessions.start', { accountId: created.data.account.id });
    if (!started.ok) throw new Error(started.error.message);
  }
};
