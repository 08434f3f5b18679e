import { type ReactNode, useEffect, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { isWithoutPhone, selectAccount, selectSession } from '../../state/selectors';
import { isRunning } from '../../state/session-words';
import { actions, readConsole, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { PageColumns } from '../../ui/PageColumns';
import { CodePanel } from './CodePanel';
import { LinkedPanel } from './LinkedPanel';
import { PasskeyPanel } from './PasskeyPanel';
import { PhonePanel } from './PhonePanel';
import { PracticeScan } from './PracticeScan';
import { Resting } from './Resting';
import { Steps } from './Steps';

export interface LinkingPageProps {
  readonly accountId: AccountId;
  /** What is known about the account, beside the page. */
  readonly aside: ReactNode;
}

const LinkPanel = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const session = useConsole(selectSession(accountId));
  const [way, setWay] = useState<'qr' | 'phone'>(() =>
    readConsole().pairings[accountId] === undefined ? 'qr' : 'phone',
  );
  const status = session?.status;
  const isByNumber = status?.state === 'linking' && status.method === 'code';
  // Also when the code was asked for from outside of this window.
  useEffect(() => {
    if (isByNumber) setWay('phone');
  }, [isByNumber]);
  if (account === undefined) return undefined;
  const isPasskey = status?.state === 'linking' && status.method === 'passkey';
  const showsCode =
    !isPasskey && (status?.state === 'starting' || status?.state === 'linking' || status?.state === 'syncing');
  const canChoose = showsCode && status?.state !== 'syncing';

  const useQr = (): void => {
    setWay('qr');
    // Once WhatsApp has given a code for a number, only a new page shows QR codes again.
    if (isByNumber) void actions.restartAccount(accountId);
  };
  const panel = () => {
    if (isPasskey && session !== undefined) return <PasskeyPanel account={account} session={session} />;
    if (!showsCode) return <Resting account={account} status={status} />;
    return (
      <div className="mt-[22px] flex min-h-[306px] flex-wrap items-center justify-between gap-x-[34px] gap-y-6">
        <div className="min-w-[220px] flex-1">
          <Steps way={way} />
        </div>
        <div className="w-[274px] max-w-full">
          {way === 'qr' ? (
            <CodePanel account={account} status={status} />
          ) : (
            <PhonePanel account={account} status={status} />
          )}
        </div>
      </div>
    );
  };
  return (
    <section className="surface-card px-7 py-[26px]">
      <h1 className="m-0 mb-1 text-[19px] font-[670] tracking-[-0.01em] break-words">
        Link a phone to <bdi>{account.label}</bdi>
      </h1>
      <p className="m-0 text-text-2">
        The account lives in its own browser profile on this computer. Nobody else on this desk needs the phone
        afterwards.
      </p>
      {panel()}
      <div className="mt-6 flex min-h-[53px] flex-wrap items-center gap-x-[10px] gap-y-2 border-t border-line pt-[18px] text-text-2">
        {canChoose && way === 'qr' && (
          <>
            {account.network === 'practice' && (
              <PracticeScan accountId={accountId} canScan={status?.state === 'linking' && status.method === 'qr'} />
            )}
            {account.network === 'whatsapp' && <span>No camera at hand?</span>}
            <Button onPress={() => setWay('phone')}>Link with a phone number</Button>
          </>
        )}
        {canChoose && way === 'phone' && (
          <>
            <span>Rather scan?</span>
            <Button onPress={useQr}>Show a QR code</Button>
          </>
        )}
        {!canChoose &&
          (account.network === 'whatsapp'
            ? 'The phone has to be online for the moment of linking.'
            : 'This is a practice account: its phone and its customers are simulated.')}
        {isRunning(status) && (
          <span className="ms-auto">
            <Button onPress={() => void actions.stopAccount(accountId)}>Stop</Button>
          </span>
        )}
      </div>
    </section>
  );
};

/** The account and its phone: how to link one, or what can be done with the one that is linked. */
export const LinkingPage = ({ accountId, aside }: LinkingPageProps) => {
  const account = useConsole(selectAccount(accountId));
  const linked = useConsole((state) => {
    const one = state.accounts[accountId];
    return one !== undefined && !isWithoutPhone(one, state.sessions[accountId]?.status);
  });
  if (account === undefined) return undefined;
  return (
    <main
      aria-label={`Link ${account.label}`}
      data-region="conversation"
      data-region-target
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col bg-canvas focus-visible:outline-none"
    >
      <PageColumns aside={aside} asideLabel="About this account">
        {linked ? <LinkedPanel accountId={accountId} /> : <LinkPanel accountId={accountId} />}
      </PageColumns>
    </main>
  );
};
