import { LoaderCircle } from 'lucide-react';
import type { Account } from '../../../electron/contract/entities/account';
import type { SessionState } from '../../../electron/contract/entities/session';
import { formatCountdown } from '../../ui/format-amount';
import { secondsLeft } from '../../ui/format-time';
import { Icon } from '../../ui/Icon';
import { Meter } from '../../ui/Meter';
import { plainName } from '../../ui/person-name';
import { useNow } from '../../ui/use-now';
import { QrCode } from './QrCode';
import { useLinkCode } from './use-link-code';

export interface CodePanelProps {
  readonly account: Account;
  readonly status: SessionState | undefined;
}

const busyWords = (status: SessionState | undefined): string => {
  if (status?.state === 'starting') return 'Starting the browser';
  if (status?.state === 'syncing') return 'Phone linked';
  return 'The next code is on its way';
};

/** The code with its countdown, or what is going on instead; the same size in every state. */
export const CodePanel = ({ account, status }: CodePanelProps) => {
  const { code, lifetimeMs, problem } = useLinkCode(account.id, status);
  const nowMs = useNow('second');
  const left = code === undefined ? 0 : secondsLeft(code.expiresAtMs, nowMs);
  const isLast = code !== undefined && code.attempt >= code.maxAttempts;
  const expired = code !== undefined && left === 0;
  const countdown = (): string => {
    if (code === undefined) return '';
    if (isLast) return expired ? 'The last code has expired' : `Last code, expires in ${formatCountdown(left)}`;
    return expired ? 'New code on its way' : `New code in ${formatCountdown(left)}`;
  };

  return (
    <div>
      <div className="relative grid aspect-square place-items-center rounded-[14px] border border-line bg-white">
        {code !== undefined && (
          <QrCode
            text={code.qr}
            faded={expired}
            label={`QR code to link ${plainName(account.label)}, code ${code.attempt} of ${code.maxAttempts}`}
          />
        )}
        {(code === undefined || expired) && (
          <div className="keep-color absolute inset-0 flex flex-col items-center justify-center gap-3 rounded-[14px] px-6 text-center text-[#3d4552]">
            {problem === undefined ? (
              <>
                <Icon icon={LoaderCircle} size={22} className="animate-spin" />
                <span role="status">{busyWords(status)}</span>
              </>
            ) : (
              <span role="alert">{problem}</span>
            )}
          </div>
        )}
      </div>
      <div className="tabular mt-3 flex h-5 items-center gap-[10px] text-[12.5px] text-text-2">
        {status?.state === 'syncing' ? (
          <>
            <span className="shrink-0">Reading chats</span>
            <Meter share={status.percent / 100} />
            <span className="shrink-0">{Math.round(status.percent)} %</span>
          </>
        ) : (
          code !== undefined && (
            <>
              <span className="shrink-0">{countdown()}</span>
              <Meter share={(code.expiresAtMs - nowMs) / lifetimeMs} />
              <span className="shrink-0">
                {code.attempt} of {code.maxAttempts}
              </span>
            </>
          )
        )}
      </div>
    </div>
  );
};
