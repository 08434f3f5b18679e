import type { AddedParticipant } from '../../contract/entities/group';
import { OperationError } from '../../contract/errors';
import type { AccountId } from '../../contract/ids';
import type { groupOperations } from '../../contract/operations/groups';
import { createPageRequests } from '../page-requests';
import type { HandlerPorts } from './handler-ports';
import type { HandlersOf } from './handler-types';

/** Whoever is not to be contacted is left out, whatever becomes of the others. */
interface Invited {
  readonly asked: readonly AddedParticipant['id'][];
  readonly wanted: readonly AddedParticipant['id'][];
  readonly leftOut: ReadonlyMap<string, AddedParticipant>;
}

/** Everybody's outcome, in the order in which they were named. */
const together = ({ asked, leftOut }: Invited, told: readonly AddedParticipant[]): AddedParticipant[] =>
  leftOut.size === 0
    ? [...told]
    : asked.flatMap((id) => {
        const entry = leftOut.get(id);
        return entry === undefined ? told.filter((one) => one.id === id) : [entry];
      });

/** Handlers of what brings people into groups: the do-not-contact list is asked before WhatsApp is. */
export const createGroupPeopleHandlers = (
  ports: HandlerPorts,
): HandlersOf<Pick<typeof groupOperations, 'groups.create' | 'groups.addParticipants'>> => {
  const { accounts, stores, optOuts } = ports;
  const page = createPageRequests(ports);

  const invite = async (accountId: AccountId, people: readonly AddedParticipant['id'][]): Promise<Invited> => {
    accounts.get(accountId);
    await stores.ensureOpen(accountId);
    const asked = [...new Set(people)];
    const leftOut = new Map<string, AddedParticipant>();
    for (const id of asked) {
      const contact = await optOuts.find(accountId, id);
      if (contact === undefined) continue;
      const message = `${contact} is on the do-not-contact list and was left out. Take the number off the list first if that is wrong.`;
      leftOut.set(id, { id, status: 'do_not_contact', message });
    }
    return { asked, wanted: asked.filter((id) => !leftOut.has(id)), leftOut };
  };

  return {
    'groups.create': async ({ participants, ...input }) => {
      const invited = await invite(input.accountId, participants);
      if (invited.wanted.length === 0) {
        throw new OperationError(
          'DO_NOT_CONTACT',
          `${accounts.get(input.accountId).label}: everybody in participants is on the do-not-contact list, so the group was not made. Name somebody who is not.`,
          { data: { participants: invited.asked } },
        );
      }
      const made = await page.answer('groups.create', { ...input, participants: invited.wanted });
      return { ...made, participants: together(invited, made.participants) };
    },

    'groups.addParticipants': async ({ participants, ...input }) => {
      const invited = await invite(input.accountId, participants);
      if (invited.wanted.length === 0) return { groupId: input.groupId, participants: together(invited, []) };
      const added = await page.answer('groups.addParticipants', { ...input, participants: invited.wanted });
      return { ...added, participants: together(invited, added.participants) };
    },
  };
};
