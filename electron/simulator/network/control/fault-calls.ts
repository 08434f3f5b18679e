import { Body } from '../body';
import {
  BLOCKED_STATES,
  FAULT_NAMES,
  FAULT_PARAMETERS,
  type FaultParameter,
  PENDING_MODES,
  STALL_PHASES,
} from '../faults';
import { Refusal } from '../refusal';
import { type ControlTable, LONGEST_WAIT_MS } from './control-table';

const HIGHEST_CODE = 999;

const MODULE_NAME = /^WA[A-Za-z0-9]{1,100}$/;

/** It is written into the page. */
function moduleName(given: string | undefined): string | undefined {
  if (given === undefined || MODULE_NAME.test(given)) return given;
  throw new Refusal(400, '"module" has to be the name of a module of WhatsApp Web, such as "WAWebSendMsgChatAction"');
}

/** How each parameter of a fault is read. */
const READ: Readonly<Record<FaultParameter, (body: Body) => string | number | undefined>> = {
  from: (body) => body.optionalAmount('from', 1, 4),
  delayMs: (body) => body.optionalAmount('delayMs', 0, LONGEST_WAIT_MS),
  upMs: (body) => body.optionalAmount('upMs', 1, LONGEST_WAIT_MS),
  downMs: (body) => body.optionalAmount('downMs', 1, LONGEST_WAIT_MS),
  code: (body) => body.optionalAmount('code', 400, HIGHEST_CODE),
  phase: (body) => (body.has('phase') ? body.oneOf('phase', STALL_PHASES) : undefined),
  state: (body) => (body.has('state') ? body.oneOf('state', BLOCKED_STATES) : undefined),
  mode: (body) => (body.has('mode') ? body.oneOf('mode', PENDING_MODES) : undefined),
  module: (body) => moduleName(body.optionalText('module')),
};

const PARAMETERS = Object.keys(READ) as FaultParameter[];

/** Misbehaviour on command. */
export const FAULT_CALLS: ControlTable = {
  'GET faults': (network) => network.faults.list(),
  'POST faults': (network, call) => {
    const body = new Body(call.body, ['name', 'phone', 'forMs', ...PARAMETERS]);
    const name = body.oneOf('name', FAULT_NAMES);
    const phone = body.optionalNumber('phone');
    const forMs = body.optionalAmount('forMs', 1, LONGEST_WAIT_MS);
    const given = PARAMETERS.map((parameter) => [parameter, READ[parameter](body)] as const);
    const request: Record<string, unknown> = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    if (phone !== undefined) request['phone'] = phone;
    if (forMs !== undefined) request['forMs'] = forMs;
    return network.faults.begin({ name, ...request });
  },
  'GET faults/names': () => FAULT_PARAMETERS,
  'DELETE faults': (network) => {
    network.faults.endAll();
    return { faults: 0 };
  },
  'DELETE faults/*': (network, _call, [id]) => {
    if (!network.faults.end(id ?? '')) throw new Refusal(404, `There is no fault ${id}`);
    return { ended: id };
  },
};
