import { CHANNEL_CALLS } from './control/channel-calls';
import { CHAT_CALLS } from './control/chat-calls';
import type { ControlTable } from './control/control-table';
import { CUSTOMER_CALLS } from './control/customer-calls';
import { FAULT_CALLS } from './control/fault-calls';
import { GROUP_CALLS } from './control/group-calls';
import { LINKING_CALLS } from './control/linking-calls';
import { MESSAGE_ACTION_CALLS } from './control/message-action-calls';
import { MESSAGE_CALLS } from './control/message-calls';
import { NETWORK_CALLS } from './control/network-calls';
import { PEOPLE_CALLS } from './control/people-calls';
import { PHONE_CALLS } from './control/phone-calls';
import { SCENARIO_CALLS } from './control/scenario-calls';
import { SESSION_CALLS } from './control/session-calls';

/** Every control call of the network; each area has a table of its own in control/. */
export const CONTROL_CALLS: ControlTable = {
  ...NETWORK_CALLS,
  ...PHONE_CALLS,
  ...PEOPLE_CALLS,
  ...MESSAGE_CALLS,
  ...MESSAGE_ACTION_CALLS,
  ...CHAT_CALLS,
  ...LINKING_CALLS,
  ...SESSION_CALLS,
  ...SCENARIO_CALLS,
  ...CUSTOMER_CALLS,
  ...GROUP_CALLS,
  ...CHANNEL_CALLS,
  ...FAULT_CALLS,
};
