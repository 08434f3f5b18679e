import type { ParticipantResult } from '../../group-frames';
import { define } from '../core/registry';
import { createWid } from '../core/wid';
import { ServerStatusCodeError } from '../wire/server-status-code-error';
import type { Wire } from '../wire/wire';

interface ParticipantArgs {
  readonly participantArgs: readonly { readonly participantJid: string }[];
}

/** The answer's part about one person is called this; it says nothing beyond what it says here. */
const MIXIN = 'addParticipantsParticipantAddedOrNonRegisteredWaUserParticipantErrorLidResponseMixinGroup';

/** The two remote calls about people whose answers the library reads in their full shape. */
export function defineParticipantCalls(ask: Wire['request']): void {
  define('WASmaxGroupsAddParticipantsRPC', {
    sendAddParticipantsRPC: async ({ participantArgs, iqTo }: ParticipantArgs & { readonly iqTo: string }) => {
      try {
        const { results } = await ask('group-participants', {
          id: createWid(iqTo)._serialized,
          action: 'add',
          people: people(participantArgs),
        });
        return { name: 'AddParticipantsResponseSuccess', value: { addParticipant: results.map(addedParticipant) } };
      } catch (error) {
        if (!(error instanceof ServerStatusCodeError)) throw error;
        const code = String(error.statusCode);
        return {
          name: 'AddParticipantsResponseClientError',
          value: { errorAddParticipantsClientErrors: { value: { code } } },
        };
      }
    },
  });
  define('WASmaxGroupsMembershipRequestsActionRPC', {
    sendMembershipRequestsActionRPC: async (input: {
      readonly iqTo: string;
      readonly approveArgs?: ParticipantArgs;
      readonly rejectArgs?: ParticipantArgs;
    }) => {
      const approve = input.approveArgs !== undefined;
      const args = input.approveArgs ?? input.rejectArgs;
      try {
        const { results } = await ask('group-participants', {
          id: createWid(input.iqTo)._serialized,
          action: approve ? 'approve' : 'reject',
          people: people(args?.participantArgs ?? []),
        });
        const mixins = `membershipRequestsAction${approve ? 'Accept' : 'Reject'}ParticipantMixins`;
        const participant = results.map(({ id, code }) => ({
          jid: createWid(id).toJid(),
          ...(code === 200 ? {} : { [mixins]: { value: { error: String(code) } } }),
        }));
        return {
          name: 'MembershipRequestsActionResponseSuccess',
          value: { [`membershipRequestsAction${approve ? 'Approve' : 'Reject'}`]: { participant } },
        };
      } catch (error) {
        if (!(error instanceof ServerStatusCodeError)) throw error;
        return { name: 'MembershipRequestsActionResponseClientError', value: { code: String(error.statusCode) } };
      }
    },
  });
}

const people = (args: ParticipantArgs['participantArgs']): readonly string[] =>
  args.map(({ participantJid }) => createWid(participantJid)._serialized);

function addedParticipant({ code, invitation }: ParticipantResult): object {
  const error =
    code === 200
      ? undefined
      : {
          name: NAMES[code] ?? 'ParticipantErrorMixin',
          value: {
            error: String(code),
            ...(invitation === undefined
              ? {}
              : { addRequestCode: invitation.code, addRequestExpiration: invitation.expiration }),
          },
        };
  return { [MIXIN]: { value: { addParticipantsParticipantMixins: error } } };
}

const NAMES: Readonly<Record<number, string>> = {
  403: 'ParticipantRequestCodeCanBeSent',
  404: 'ParticipantNotFound',
  408: 'ParticipantTemporarilyBlocked',
  409: 'ParticipantAlreadyInGroup',
  417: 'ParticipantNotAllowed',
  419: 'ParticipantGroupFull',
};
