import { Unplug } from 'lucide-react';
import { useEffect } from 'react';
import { AccountBanners } from '../features/accounts/AccountBanners';
import { AccountMenu } from '../features/accounts/AccountMenu';
import { SendingBanners } from '../features/accounts/SendingBanners';
import { Welcome } from '../features/accounts/Welcome';
import { OverviewPage } from '../features/overview/OverviewPage';
import { Rail } from '../features/rail/Rail';
import { LocalApiBanner } from '../features/settings/LocalApiBanner';
import { SettingsPage } from '../features/settings/SettingsPage';
import { selectUnreadMessages } from '../state/selectors';
import { useConsole } from '../state/use-console';
import { useAllGates } from '../state/use-gates';
import { useStoredDrafts } from '../state/use-stored-drafts';
import { EmptyState } from '../ui/EmptyState';
import { AccountPages } from './AccountPages';
import { Dialogs } from './Dialogs';
import { Toasts } from './Toasts';
import { useShortcuts } from './use-shortcuts';
import { useTheme } from './use-theme';
import { Workspace } from './Workspace';

const useWindowTitle = (): void => {
  const unread = useConsole(selectUnreadMessages('all'));
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) Switchboard` : 'Switchboard';
  }, [unread]);
};

const Page = () => {
  const { phase, error } = useConsole((state) => state.link);
  const isEmpty = useConsole((state) => state.accountOrder.length === 0);
  const scope = useConsole((state) => state.scope);
  const consolePage = useConsole((state) => state.consolePage);
  if (phase === 'failed')
    return (
      <EmptyState alert icon={Unplug} title="The console does not answer">
        {error} It is asked again until it does.
      </EmptyState>
    );
  // The first answer takes a few milliseconds: nothing is drawn that would vanish again.
  if (phase === 'loading') return <div aria-busy="true" className="h-full bg-canvas" />;
  if (consolePage === 'overview') return <OverviewPage />;
  if (consolePage === 'settings') return <SettingsPage />;
  if (isEmpty) return <Welcome />;
  if (scope !== 'all') return <AccountPages key={scope} accountId={scope} />;
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <LocalApiBanner />
      <AccountBanners />
      <SendingBanners />
      <Workspace />
    </div>
  );
};

/** The window: rail, page, dialogs, messages. */
export const App = () => {
  useTheme();
  useWindowTitle();
  useShortcuts();
  useAllGates();
  useStoredDrafts();
  return (
    <>
      <div className="grid h-full grid-cols-[68px_minmax(0,1fr)] grid-rows-[100%]">
        <Rail accountMenu={AccountMenu} />
        <Page />
      </div>
      <Dialogs />
      <Toasts />
    </>
  );
};
