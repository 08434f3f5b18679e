import { useState } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { Button } from '../../ui/Button';
import { formatDuration } from '../../ui/format-amount';
import { isSavedProxy, problemsOf, proxyOf, type SettingsDraft } from './settings-draft';

type Result =
  | { readonly kind: 'testing' }
  | { readonly kind: 'works'; readonly address: string; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly problem: string };

export interface ProxyTestProps {
  readonly account: Account;
  readonly draft: SettingsDraft;
  /** The form has problems in these fields: they are shown instead of a test. */
  readonly onProblems: () => void;
}

/** Goes out through the proxy as it stands in the form, and shows the address that the world sees. */
export const ProxyTest = ({ account, draft, onProblems }: ProxyTestProps) => {
  const [result, setResult] = useState<Result>();
  const test = async (): Promise<void> => {
    const problems = problemsOf({ ...draft, proxyOn: true });
    if (problems.proxyHost ?? problems.proxyPort ?? problems.proxyUsername ?? problems.proxyPassword) {
      setResult(undefined);
      onProblems();
      return;
    }
    setResult({ kind: 'testing' });
    try {
      const saved = isSavedProxy(draft, account.settings);
      const { exitAddress, durationMs } = await call('proxies.test', {
        accountId: account.id,
        ...(saved ? {} : { proxy: proxyOf(draft) }),
      });
      setResult({ kind: 'works', address: exitAddress, durationMs });
    } catch (thrown) {
      setResult({ kind: 'failed', problem: messageOf(thrown) });
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button isPending={result?.kind === 'testing'} onPress={() => void test()}>
        Test this proxy
      </Button>
      <span role="status" className="min-w-0 flex-1 break-words text-[12.5px]">
        {result === undefined && (
          <span className="text-text-2">Goes out through it once and shows the address that the world sees.</span>
        )}
        {result?.kind === 'testing' && <span className="text-text-2">Going out through the proxy.</span>}
        {result?.kind === 'works' && (
          <span className="text-ok-ink">
            It works. The world sees <bdi className="selectable tabular font-[620]">{result.address}</bdi> (
            {formatDuration(result.durationMs)}).
          </span>
        )}
        {result?.kind === 'failed' && <span className="selectable font-[560] text-bad-ink">{result.problem}</span>}
      </span>
    </div>
  );
};
