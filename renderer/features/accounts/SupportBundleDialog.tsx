import { useEffect, useState } from 'react';
import type { AccountId } from '../../../electron/contract/ids';
import { call } from '../../bridge/call';
import { messageOf } from '../../bridge/call-error';
import { selectAccount } from '../../state/selectors';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { copyText } from '../../ui/copy-text';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Skeleton } from '../../ui/Skeleton';

type Copy = 'waiting' | 'copied' | 'failed';

const copyWords: Readonly<Record<Copy, string>> = {
  waiting: '',
  copied: 'It is on the clipboard.',
  failed: 'It could not be copied by itself. Press Copy.',
};

/** Makes a support bundle, copies it, and shows what is in it before anybody sends it anywhere. */
export const SupportBundleDialog = ({ accountId }: { readonly accountId: AccountId | undefined }) => {
  const label = useConsole((state) => (accountId === undefined ? undefined : selectAccount(accountId)(state)?.label));
  const [text, setText] = useState<string>();
  const [copy, setCopy] = useState<Copy>('waiting');
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let current = true;
    call('supportBundles.create', accountId === undefined ? {} : { accountId }).then(
      (bundle) => {
        if (!current) return;
        setText(bundle.text);
        setCopy(copyText(bundle.text) ? 'copied' : 'failed');
      },
      (thrown: unknown) => {
        if (current) setProblem(messageOf(thrown));
      },
    );
    return () => {
      current = false;
    };
  }, [accountId]);
  const close = (): void => actions.openDialog(undefined);
  return (
    <Dialog wide title={label === undefined ? 'Support bundle' : `Support bundle of ${label}`} onClose={close}>
      <p className="m-0 mb-3 text-text-2">
        States, timelines, settings and log lines for whoever helps you. Passwords, codes, numbers and the text of
        messages are left out. <span role="status">{copyWords[copy]}</span>
      </p>
      {text !== undefined && (
        <textarea
          readOnly
          aria-label="Text of the support bundle"
          value={text}
          rows={16}
          className="block w-full resize-y rounded-[10px] border border-line bg-surface-2 p-3 font-mono text-[11.5px] leading-[1.5]"
        />
      )}
      {text === undefined && problem === undefined && <Skeleton className="h-[280px] w-full" />}
      {problem !== undefined && (
        <p role="alert" className="selectable m-0 break-words text-bad-ink">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button
          isDisabled={text === undefined}
          onPress={() => {
            if (text !== undefined) setCopy(copyText(text) ? 'copied' : 'failed');
          }}
        >
          Copy
        </Button>
        <Button look="primary" onPress={close}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
};
