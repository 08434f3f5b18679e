import { buildOf } from '../builds';
import { defineAccountModules } from './account/modules';
import { defineChannelModules } from './channels/modules';
import { AccountStore } from './chats/account-store';
import { defineChatModules, defineCollections, defineContactModules, defineIdModules } from './chats/modules';
import { MsgKey } from './core/msg-key';
import { requireWithout } from './core/registry';
import { defineGroupModules } from './groups/modules';
import { defineMediaModules } from './media/modules';
import { defineMessageModules } from './messages/modules';
import { restorePending } from './messages/restore-pending';
import { definePeopleModules } from './people/modules';
import { ConnModel } from './session/conn-model';
import { Cmd, defineSessionModules } from './session/modules';
import { Session } from './session/session';
import { SocketModel } from './session/socket-model';
import { drawView } from './view';

declare global {
  interface Window {
    /** Written into the page by the network that serves it. */
    readonly __practice?: {
      readonly port: number;
      readonly version: string;
      readonly stalled?: true;
      readonly missing?: readonly string[];
    };
    require: (name: string) => unknown;
    Debug: { VERSION: string };
  }
}

const settings = window.__practice;
if (settings === undefined) throw new Error('The practice page has to be served by the practice network');
const { port, version } = settings;
MsgKey.build = buildOf(version);

const models = { socket: new SocketModel(), conn: new ConnModel(), cmd: new Cmd() };
const store = new AccountStore(models.conn, () => session);
const session: Session = new Session(port, models, {
  sync: (frame) => store.sync(frame),
  event: (event, again) => store.event(event, again),
  complete: () => restorePending(store, session),
});

defineIdModules();
defineCollections(store, session);
defineSessionModules(models, session);
defineMessageModules(store, session, models.cmd);
defineMediaModules(session);
defineChatModules(store, session);
defineContactModules(store);
definePeopleModules(store, session);
defineAccountModules(store, models.cmd, session);
defineGroupModules(store, session);
defineChannelModules(store, session);

window.require = requireWithout(settings.missing ?? []);
void session.start();
drawView(models, store, session);
// Last of all: whoever drives this page takes it for complete as soon as there is a version. A stalled load never gets there.
if (settings.stalled !== true) window.Debug = { VERSION: version };
