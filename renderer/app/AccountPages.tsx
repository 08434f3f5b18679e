import type { AccountId } from '../../electron/contract/ids';
import { AccountSettingsPage } from '../features/account-settings/AccountSettingsPage';
import { AccountBanners } from '../features/accounts/AccountBanners';
import { AccountFacts } from '../features/accounts/AccountFacts';
import { AccountPageHeader } from '../features/accounts/AccountPageHeader';
import { SendingBanners } from '../features/accounts/SendingBanners';
import { LinkingPage } from '../features/linking/LinkingPage';
import { WhatHappened } from '../features/linking/WhatHappened';
import { LogPage } from '../features/log/LogPage';
import { OutboxPage } from '../features/outbox/OutboxPage';
import type { AccountPage } from '../state/console-state';
import { selectAccountPage } from '../state/selectors';
import { useConsole } from '../state/use-console';
import { Workspace } from './Workspace';

const pageId = 'account-page';

const Shown = ({ accountId, page }: { readonly accountId: AccountId; readonly page: AccountPage }) => {
  const facts = <AccountFacts accountId={accountId} />;
  switch (page) {
    case 'link':
      return (
        <LinkingPage
          accountId={accountId}
          aside={
            <AccountFacts accountId={accountId}>
              <WhatHappened accountId={accountId} />
            </AccountFacts>
          }
        />
      );
    case 'chats':
      return <Workspace />;
    case 'outbox':
      return <OutboxPage accountId={accountId} />;
    case 'log':
      return <LogPage accountId={accountId} aside={facts} />;
    case 'settings':
      return <AccountSettingsPage accountId={accountId} aside={facts} />;
  }
};

/** One account: its head with the tabs, what is wrong with it, and the chosen page. */
export const AccountPages = ({ accountId }: { readonly accountId: AccountId }) => {
  const page = useConsole(selectAccountPage);
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col">
      <AccountPageHeader accountId={accountId} controls={pageId} />
      <AccountBanners />
      <SendingBanners />
      <div id={pageId} className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Shown accountId={accountId} page={page} />
      </div>
    </div>
  );
};
