import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';

/** Practice accounts have a simulated phone: a press lets it scan the code. */
export const PracticeScan = ({ accountId, canScan }: { readonly accountId: AccountId; readonly canScan: boolean }) => {
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
    <>
      <span>This is a practice account.</span>
      <Button isDisabled={!canScan} isPending={scanning} onPress={() => void scan()}>
        <Icon icon={ScanLine} size={16} />
        Let the practice phone scan it
      </Button>
      {problem !== undefined && (
        <span role="alert" className="selectable order-last w-full break-words text-bad-ink">
          {problem}
        </span>
      )}
    </>
  );
};
