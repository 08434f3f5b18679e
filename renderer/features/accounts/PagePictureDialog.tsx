import { useEffect, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { formatClock } from '../../ui/format-time';
import { Skeleton } from '../../ui/Skeleton';

interface Picture {
  readonly url: string;
  readonly atMs: number;
}

/** What the account's own page shows at this moment. */
export const PagePictureDialog = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const [picture, setPicture] = useState<Picture>();
  const [problem, setProblem] = useState<string>();
  const [turn, setTurn] = useState(1);
  const [taking, setTaking] = useState(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every turn takes a new one
  useEffect(() => {
    let current = true;
    setTaking(true);
    call('sessions.screenshot', { accountId })
      .then(
        ({ mediaType, base64 }) => {
          if (!current) return;
          setPicture({ url: `data:${mediaType};base64,${base64}`, atMs: Date.now() });
          setProblem(undefined);
        },
        (thrown: unknown) => {
          if (current) setProblem(messageOf(thrown));
        },
      )
      .finally(() => {
        if (current) setTaking(false);
      });
    return () => {
      current = false;
    };
  }, [accountId, turn]);
  if (account === undefined) return undefined;
  const close = (): void => actions.openDialog(undefined);
  return (
    <Dialog wide title={`Page of ${account.label}`} onClose={close}>
      <div className="grid min-h-[180px] place-items-center overflow-hidden rounded-[12px] border border-line bg-surface-2">
        {picture !== undefined && (
          <img
            src={picture.url}
            alt={`WhatsApp page of ${account.label} at ${formatClock(picture.atMs)}`}
            className="block max-h-[62vh] max-w-full"
          />
        )}
        {picture === undefined && problem === undefined && (
          <span role="status" aria-label="Taking the picture" className="w-full p-5">
            <Skeleton className="h-[38vh] w-full" />
          </span>
        )}
        {picture === undefined && problem !== undefined && (
          <p className="m-0 max-w-[52ch] p-6 text-center text-text-2">The page could not be pictured.</p>
        )}
      </div>
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 mt-3 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="m-0 text-[12.5px] text-text-2">
          {picture !== undefined && `Taken at ${formatClock(picture.atMs)}. It is not kept.`}
        </p>
        <DialogActions>
          <Button isPending={taking} onPress={() => setTurn((before) => before + 1)}>
            Take it again
          </Button>
          <Button look="primary" onPress={close}>
            Done
          </Button>
        </DialogActions>
      </div>
    </Dialog>
  );
};
