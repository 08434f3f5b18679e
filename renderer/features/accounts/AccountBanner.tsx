import type { ReactNode } from 'react';
import type { Account } from '../../../electron/contract/entities/account';
import type { Session } from '../../../electron/contract/entities/session';
import { wordsOfFailure } from '../../state/failure-words';
import { actions } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { formatSince } from '../../ui/format-time';

export interface AccountBannerProps {
  readonly account: Account;
  readonly session: Session;
  readonly nowMs: number;
  readonly onClose: () => void;
}

/** What is wrong with one account, since when, and the way out. */
export const AccountBanner = ({ account, session, nowMs, onClose }: AccountBannerProps) => {
  const { id, label } = account;
  const { status, windowShown } = session;
  const since = formatSince(status.sinceMs, nowMs);
  const name = <bdi className="font-[620]">{label}</bdi>;
  const button = (words: string, run: () => unknown) => (
    <Button small onPress={() => void run()}>
      {words}
    </Button>
  );
  const start = (words: string) => button(words, () => actions.startAccount(id));
  const banner = (tone: 'warn' | 'bad', words: ReactNode, action?: ReactNode) => (
    <Banner tone={tone} action={action} onClose={onClose}>
      {words}
    </Banner>
  );

  switch (status.state) {
    case 'failed': {
      const { title, wayOut, button: words } = wordsOfFailure(status.error, label);
      return banner(
        'bad',
        <>
          <b className="font-[620]">{title}</b>, {since}. {status.error.message}
        </>,
        wayOut === 'start' ? (
          start(words)
        ) : (
          <>
            {button(words, () => actions.showAccountPage(id, 'settings'))}
            {start('Start it again')}
          </>
        ),
      );
    }
    case 'backoff':
      return banner(
        'warn',
        <>
          {name} stopped at {since} and will be started again. {status.error.message}
        </>,
        start('Try now'),
      );
    case 'ready':
      return banner(
        'bad',
        <>
          Sending from {name} is off: WhatsApp Web has changed and this version of the console no longer finds{' '}
          {status.missing?.join(', ')}. New messages may not all arrive here. Answer in its own WhatsApp window until
          the console is updated.
        </>,
        button(windowShown ? 'Hide the WhatsApp window' : 'Open the WhatsApp window', () =>
          actions.showAccountWindow(id, !windowShown),
        ),
      );
    case 'linking':
      return status.method === 'passkey'
        ? banner(
            'warn',
            <>WhatsApp asks for a passkey before it links {name}. Only a person can answer.</>,
            button('Show what to do', () => actions.showAccountPage(id, 'link')),
          )
        : banner(
            'warn',
            <>{name} is not linked to its phone any more. Its chats and waiting messages are kept.</>,
            button('Show the code', () => actions.showAccountPage(id, 'link')),
          );
    default:
      return banner(
        'warn',
        <>
          {name} lost its connection at {since} and is reconnecting. Chats stay readable; new messages arrive when the
          connection is back.
        </>,
      );
  }
};
