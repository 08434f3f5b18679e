import type { optOutOperations } from '../../contract/operations/opt-outs';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

export const createOptOutHandlers = (ports: HandlerPorts): HandlersOf<typeof optOutOperations> => {
  const { consoleStore, optOuts, outbox, events, clock } = ports;
  return {
    'optOuts.list': async ({ cursor, limit }) => {
      const { optOuts: page, nextCursor } = await consoleStore.listOptOuts(cursor, limit);
      return { optOuts: [...page], ...(nextCursor === undefined ? {} : { nextCursor }) };
    },

    'optOuts.add': async ({ contact, note }) => {
      const optOut = await consoleStore.addOptOut({
        contact,
        ...(note === undefined ? {} : { note }),
        addedAtMs: clock.nowMs(),
      });
      optOuts.added(contact);
      events.publish({ type: 'optOut.added', optOut });
      outbox.optOutAdded();
      return { optOut };
    },

    'optOuts.remove': async ({ contact }) => {
      if (await consoleStore.removeOptOut(contact)) {
        optOuts.removed(contact);
        events.publish({ type: 'optOut.removed', contact });
      }
      return {};
    },
  };
};
