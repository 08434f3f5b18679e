import { AccountStore } from './chats/account-store';
import { defineChatModules, defineCollections, defineContactModules, defineIdModules } from './chats/modules';
import { defineGaps, requireModule } from './core/registry';
import { GAPS } from './gaps';
import { defineMessageModules } from './messages/modules';
import { ConnModel } from './session/conn-model';
import { Cmd, defineSessionModules } from './session/modules';
import { Session } from './session/session';
import { SocketModel } from './session/socket-model';
import { drawView } from './view';

declare global {
  interface Window {
    /** Written into the page by the network that serves it. */
    readonly __practice?: { readonly port: number };
    require: (name: string) => unknown;
    Debug: { VERSION: string };
  }
}

const port = window.__practice?.port;
if (port === undefined) throw new Error('The practice page has to be served by the practice network');

const models = { socket: new SocketModel(), conn: new ConnModel(), cmd: new Cmd() };
const store = new AccountStore(models.conn, () => session);
const session: Session = new Session(port, models, {
  sync: (frame) => store.sync(frame),
  event: (event) => store.event(event),
});

defineIdModules(store);
defineCollections(store);
defineSessionModules(models, session);
defineMessageModules(store, session);
defineChatModules(store, session);
defineContactModules(store);
defineGaps(GAPS);

window.require = requireModule;
void session.start();
drawView(models, store, session);
// Last of all: whoever drives this page takes it for complete as soon as there is a version.
window.Debug = { VERSION: '2.3000.1017054665' };
