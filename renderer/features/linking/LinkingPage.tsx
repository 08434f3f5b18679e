import { ScanLine } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount, selectStatus } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { formatSince, secondsLeft } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { useNow } from '../../ui/use-now';
import { CodePanel } from './CodePanel';
import { Steps } from './Steps';
import { WhatHappened } from './WhatHappened';

const PracticeScan = ({ accountId, canScan }: { readonly accountId: AccountId; readonly canScan: boolean }) => {
  const [scanning, setScanning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const scan = async (): Promise<void> => {
    setScanning(true);
    setProblem(undefined);
    try {
      await call('phones.scan', { accountId });
    } catch (thrown) {
      setProblem(messageOf(thrown));
    }
    setScanning(false);
  };
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-[10px]">
      <span>This is a practice account.</span>
      <Button isDisabled={!canScan} isPending={scanning} onPress={() => void scan()}>
        <Icon icon={ScanLine} size={16} />
        Let the practice phone scan it
      </Button>
      {problem !== undefined && (
        <span role="alert" className="selectable w-full break-words text-bad-ink">
          {problem}
        </span>
      )}
    </div>
  );
};

/** Why no code can be shown, and the button that changes it. */
const Resting = ({ account, status }: { readonly account: Account; readonly status: SessionState | undefined }) => {
  const nowMs = useNow(status?.state === 'backoff' ? 'second' : 'halfMinute');
  const start = (words: string) => (
    <Button look="primary" onPress={() => void actions.startAccount(account.id)}>
      {words}
    </Button>
  );
  const block = (title: string, text: string | undefined, action: ReactNode) => (
    <div
      role={status?.state === 'failed' ? 'alert' : 'status'}
      className="mt-[22px] flex flex-col items-start gap-2 rounded-[12px] bg-surface-2 p-5"
    >
      <b className="font-[620]">{title}</b>
      {text !== undefined && <span className="selectable max-w-full break-words text-text-2">{text}</span>}
      {action !== undefined && <span className="mt-2">{action}</span>}
    </div>
  );
  if (status?.state === 'failed')
    return block(
      `${account.label} could not be linked`,
      status.error.message,
      start(status.error.code === 'SESSION_LINK_EXPIRED' ? 'Show a new code' : 'Start again'),
    );
  if (status?.state === 'backoff')
    return block(`Next try in ${secondsLeft(status.retryAtMs, nowMs)} s`, status.error.message, start('Try now'));
  if (status?.state === 'stopping') return block(`${account.label} is stopping`, undefined, undefined);
  if (status?.state === 'reconnecting')
    return block('The connection is lost', `Reconnecting since ${formatSince(status.sinceMs, nowMs)}.`, undefined);
  return block(
    `${account.label} is stopped`,
    'Starting it opens its browser and shows a code for the phone.',
    start('Start and show the code'),
  );
};

const showsCode = (status: SessionState | undefined): boolean =>
  status?.state === 'starting' || status?.state === 'linking' || status?.state === 'syncing';

/** The page of an account that waits for its phone: three steps, the code, what happened so far. */
export const LinkingPage = ({ accountId, header }: { readonly accountId: AccountId; readonly header: ReactNode }) => {
  const account = useConsole(selectAccount(accountId));
  const status = useConsole(selectStatus(accountId));
  if (account === undefined) return undefined;
  return (
    <main
      aria-label={`Link ${account.label}`}
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex h-full min-h-0 min-w-0 flex-col bg-canvas focus-visible:outline-none"
    >
      {header}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-[1180px] gap-5 p-6 min-[1060px]:grid-cols-[minmax(0,1fr)_340px]">
          <section className="surface-card self-start px-7 py-[26px]">
            <h1 className="m-0 mb-1 text-[19px] font-[670] tracking-[-0.01em] break-words">
              Link a phone to <bdi>{account.label}</bdi>
            </h1>
            <p className="m-0 text-text-2">
              The account lives in its own browser profile on this computer. Nobody else on this desk needs the phone
              afterwards.
            </p>
            {showsCode(status) ? (
              <div className="mt-[22px] flex flex-wrap items-center justify-between gap-x-[34px] gap-y-6">
                <div className="min-w-[220px] flex-1">
                  <Steps />
                </div>
                <CodePanel account={account} status={status} />
              </div>
            ) : (
              <Resting account={account} status={status} />
            )}
            <div className="mt-6 flex min-h-[53px] items-center border-t border-line pt-[18px] text-text-2">
              {account.network === 'whatsapp' ? (
                'The phone has to be online for the moment of linking.'
              ) : status?.state === 'starting' || status?.state === 'linking' ? (
                <PracticeScan accountId={accountId} canScan={status.state === 'linking'} />
              ) : (
                'This is a practice account: its phone and its customers are simulated.'
              )}
            </div>
          </section>
          <aside aria-label="What happened" className="grid content-start gap-4">
            <WhatHappened accountId={accountId} />
          </aside>
        </div>
      </div>
    </main>
  );
};
