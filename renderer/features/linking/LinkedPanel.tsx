import type { AccountId } from '../../../electron/contract/ids';
import { selectAccount, selectNeedsRestart, selectSession } from '../../state/selectors';
import { hasBrowser, isRunning } from '../../state/session-words';
import { actions, useConsole } from '../../state/use-console';
import { ActionRow } from '../../ui/ActionRow';
import { Button } from '../../ui/Button';
import { formatPhone } from '../../ui/format-phone';

/** States in which WhatsApp has just confirmed the login. In the others it may have been taken away on the phone. */
const confirmed: readonly string[] = ['ready', 'syncing', 'reconnecting', 'asleep'];

/** What can be done with an account that has its phone. */
export const LinkedPanel = ({ accountId }: { readonly accountId: AccountId }) => {
  const account = useConsole(selectAccount(accountId));
  const session = useConsole(selectSession(accountId));
  const needsRestart = useConsole(selectNeedsRestart(accountId));
  if (account === undefined) return undefined;
  const status = session?.status;
  const me = status?.state === 'ready' ? status.me : account.identity;
  const running = isRunning(status);
  const browser = hasBrowser(status);
  const shown = session?.windowShown === true;
  const isConfirmed = status !== undefined && confirmed.includes(status.state);
  const asleep = status?.state === 'asleep';
  return (
    <section className="surface-card px-7 pt-[26px] pb-3">
      <h1 className="m-0 mb-1 text-[19px] font-[670] tracking-[-0.01em] break-words">
        <bdi>{account.label}</bdi> {isConfirmed ? 'is linked' : 'was linked'}
      </h1>
      <p className="tabular m-0 mb-[18px] break-words text-text-2">
        {me !== undefined && (
          <>
            <bdi className="selectable">{formatPhone(me.phone)}</bdi>
            {me.pushName !== '' && (
              <>
                {' · '}
                <bdi>{me.pushName}</bdi>
              </>
            )}
            .{' '}
          </>
        )}
        {isConfirmed
          ? 'No code is needed when it starts again.'
          : 'As long as the phone still lists it, starting it needs no code.'}
      </p>
      <ActionRow
        title={running ? 'Stop' : 'Start'}
        text={
          running
            ? 'Ends its browser and keeps its login. A stopped account costs nothing and receives nothing.'
            : 'Opens its browser and reads what has arrived meanwhile.'
        }
      >
        {running ? (
          <Button onPress={() => void actions.stopAccount(accountId)}>Stop</Button>
        ) : (
          <Button
            look="primary"
            isDisabled={status?.state === 'stopping'}
            onPress={() => void actions.startAccount(accountId)}
          >
            Start
          </Button>
        )}
      </ActionRow>
      <ActionRow
        title="Restart"
        text={
          needsRestart
            ? 'Settings were changed. They take effect when it starts again.'
            : 'Ends its browser and starts it again, for when something hangs.'
        }
      >
        <Button
          look={needsRestart ? 'primary' : 'ghost'}
          isDisabled={!running}
          onPress={() => void actions.restartAccount(accountId)}
        >
          Restart
        </Button>
      </ActionRow>
      <ActionRow
        title="Sleep"
        text={
          asleep
            ? 'Its browser is gone, its login is kept. It wakes to look for news, for a send, or when somebody opens it.'
            : 'Ends its browser and keeps looking for news now and then. New messages arrive late, a send wakes it.'
        }
      >
        {asleep ? (
          <Button onPress={() => void actions.startAccount(accountId)}>Wake it</Button>
        ) : (
          <Button isDisabled={status?.state !== 'ready'} onPress={() => void actions.sleepAccount(accountId)}>
            Let it sleep
          </Button>
        )}
      </ActionRow>
      <ActionRow
        title="WhatsApp window"
        text="The account’s own page, for whatever this console cannot do. It can stay open while the console works."
      >
        <Button isDisabled={!browser} onPress={() => void actions.showAccountWindow(accountId, !shown)}>
          {shown ? 'Hide the WhatsApp window' : 'Show the WhatsApp window'}
        </Button>
      </ActionRow>
      <ActionRow
        title="Picture of its page"
        text="What the page shows at this moment, without bringing it to the screen."
      >
        <Button isDisabled={!browser} onPress={() => actions.openDialog({ kind: 'pagePicture', accountId })}>
          Take a picture
        </Button>
      </ActionRow>
      <ActionRow title="Log out" text="Unlinks the phone and deletes the login. Chats and messages stay here.">
        <Button look="dangerGhost" onPress={() => actions.openDialog({ kind: 'logOutAccount', accountId })}>
          Log out
        </Button>
      </ActionRow>
      <ActionRow title="Remove" text="Deletes the account from this computer with everything that is kept here.">
        <Button look="dangerGhost" onPress={() => actions.openDialog({ kind: 'removeAccount', accountId })}>
          Remove
        </Button>
      </ActionRow>
    </section>
  );
};
