interface NewsWorld {
  /** Calls that are waiting to be carried over, as JSON. */
  switchboardCalls?: string[];
  /** The last change of a message of which the library only keeps what it was before it was deleted. */
  switchboardChange?: unknown;
  queueMicrotask(task: () => void): void;
  setTimeout(task: () => void, delayMs: number): unknown;
  [name: string]: unknown;
}

/**
 * Runs inside the page: its source text is sent there. Puts a function under this name that passes its values on, together
 * with all others of the same moment; acknowledgements wait for what comes within `ackWaitMs`, as several follow each message.
 * Of ordinary changes of messages the library keeps only the newest, in case that message is
 * deleted next; so that one waits here until a message changes its kind.
 */
export const gatherNews = (name: string, bindingName: string, ackWaitMs: number): void => {
  const world = globalThis as unknown as NewsWorld;
  const pass = (call: string): void => {
    world.switchboardCalls ??= [];
    const place = world.switchboardCalls.push(call);
    if (name !== 'onMessageAckEvent') world.queueMicrotask(handOver);
    else if (place === 1) world.setTimeout(handOver, ackWaitMs);
  };
  const handOver = (): void => {
    const calls = world.switchboardCalls ?? [];
    if (calls.length === 0) return;
    world.switchboardCalls = [];
    (world[bindingName] as (payload: string) => void)(`[${calls.join(',')}]`);
  };
  world[name] = (...values: readonly unknown[]): void => {
    const kind = (values[0] as { readonly type?: unknown } | undefined)?.type;
    if (name === 'onChangeMessageEvent' && kind !== 'gp2' && kind !== 'notification_template') {
      // A copy that the library has just made: nobody changes it any more.
      if (kind !== 'revoked') [world.switchboardChange] = values;
      return;
    }
    if (name === 'onChangeMessageTypeEvent' && world.switchboardChange !== undefined) {
      pass(JSON.stringify(['onChangeMessageEvent', world.switchboardChange]));
      world.switchboardChange = undefined;
    }
    pass(JSON.stringify([name, ...values]));
  };
};
