import { CONTROL_CALLS } from '../control-calls';
import type { Network } from '../network';
import { Refusal } from '../refusal';
import type { ControlHandler } from './control-table';

interface Route {
  readonly method: string;
  readonly parts: readonly string[];
  readonly handler: ControlHandler;
}

/** Fixed parts before parameters: "faults/names" is not the fault that is called "names". */
const ROUTES: readonly Route[] = Object.entries(CONTROL_CALLS)
  .map(([pattern, handler]) => {
    const [method = '', path = ''] = pattern.split(' ');
    return { method, parts: path.split('/'), handler };
  })
  .sort((one, other) => parametersOf(one) - parametersOf(other));

/** "POST phones/551140020022/kick": its method and the parts of its path. */
function read(call: string): { readonly method: string; readonly path: readonly string[]; readonly query: string } {
  const [method = '', address = ''] = call.split(' ');
  const [path = '', query = ''] = address.split('?');
  return { method, path: path.split('/').filter((part) => part !== ''), query };
}

export function knowsCall(call: string): boolean {
  const { method, path } = read(call);
  return find(method, path) !== undefined;
}

/** Makes a control call from within, as a request from outside would. */
export async function performCall(network: Network, call: string, body: unknown): Promise<unknown> {
  const { method, path, query } = read(call);
  return answerCall(network, method, path.map(decodePart), new URLSearchParams(query), body);
}

export async function answerCall(
  network: Network,
  method: string,
  path: readonly string[],
  query: URLSearchParams,
  body: unknown,
): Promise<unknown> {
  const route = find(method, path);
  if (route === undefined) throw new Refusal(404, `There is no control call ${method} ${path.join('/')}`);
  const parameters = path.filter((_part, index) => route.parts[index] === '*');
  return route.handler(
    network,
    {
      path,
      query,
      body: body ?? {},
      knows: knowsCall,
      perform: (call, input) => performCall(network, call, input),
    },
    parameters,
  );
}

export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refusal(400, 'The address is not written correctly');
  }
}

function find(method: string, path: readonly string[]): Route | undefined {
  return ROUTES.find(
    (route) =>
      route.method === method &&
      route.parts.length === path.length &&
      route.parts.every((part, index) => part === '*' || part === path[index]),
  );
}

function parametersOf(route: Route): number {
  return route.parts.filter((part) => part === '*').length;
}
