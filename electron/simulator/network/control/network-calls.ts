import { Body } from '../body';
import { type ControlTable, optionalNumber } from './control-table';

/** The network as a whole. */
export const NETWORK_CALLS: ControlTable = {
  'GET status': (network) => ({
    phones: network.world.phones.size,
    customers: network.world.customers.size,
    pages: network.pages.connected().length + network.desk.pages().length,
    habits: network.habits.on,
    demo: network.demo,
    qrLifetimeMs: network.desk.qrLifetimeMs,
  }),
  'GET ledger': (network, call) => {
    const after = Number(call.query.get('after') ?? 0);
    const phone = optionalNumber(call.query, 'phone');
    const customer = optionalNumber(call.query, 'customer');
    return network.world.ledger.filter(
      (entry) =>
        entry.seq > after &&
        (phone === undefined || entry.phone === phone) &&
        (customer === undefined || entry.customer === customer),
    );
  },
  'PUT habits': (network, call) => {
    network.habits.set(new Body(call.body, ['on']).flag('on'));
    return { on: network.habits.on };
  },
  'POST shutdown': (network) => {
    network.shutdownSoon();
    return { stopping: true };
  },
};
