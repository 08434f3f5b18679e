import type { GroupRequests, ParticipantResult } from '../../group-frames';
import type { Answers } from '../answers';
import { numberIn } from '../ids';
import type { Network } from '../network';
import { groupRow } from '../rows';
import { requireMember } from './group-rules';

/** What pages ask about groups, and do in them. */
export function groupAnswers({ world, groups }: Network): Pick<Answers, keyof GroupRequests> {
  const { admission } = groups;
  const person = (id: string) => numberIn(world, id);
  return {
    group: ({ phone }, { id }, answer) => {
      const group = groups.get(id);
      requireMember(group, phone.number);
      answer({ group: groupRow(group, phone.number) });
    },
    'group-create': ({ phone }, input, answer) => {
      const { group, results } = groups.create(phone.number, {
        ...input,
        participants: input.participants.map(person),
      });
      answer({ id: group.id, results });
    },
    'group-participants': ({ phone }, { id, action, people }, answer) => {
      const numbers = people.map(person);
      const results: readonly ParticipantResult[] =
        action === 'approve' || action === 'reject'
          ? admission.answerRequests(id, phone.number, numbers, action === 'approve')
          : groups[action](id, phone.number, numbers);
      answer({ results });
    },
    'group-subject': ({ phone }, { id, subject }, answer) => {
      groups.setSubject(id, phone.number, subject);
      answer({});
    },
    'group-description': ({ phone }, { id, text, newId, previousId }, answer) => {
      groups.setDescription(id, phone.number, text, newId, previousId);
      answer({});
    },
    'group-property': ({ phone }, { id, name, value }, answer) => {
      // "Who may add people" counts the other way round: 0 stands for admins only.
      groups.setProperty(id, phone.number, name, name === 'member_add_mode' ? value === 0 : value === 1);
      answer({});
    },
    'group-invite-code': ({ phone }, { id, renew }, answer) => {
      answer({ code: renew ? admission.renewInviteCode(id, phone.number) : admission.inviteCode(id, phone.number) });
    },
    'group-by-invite': ({ phone }, { code }, answer) => {
      answer({ group: groupRow(admission.byInviteCode(code), phone.number) });
    },
    'group-join': ({ phone }, { code }, answer) => {
      answer({ id: admission.join(code, phone.number).group.id });
    },
    'group-join-invited': ({ phone }, { id, code, from }, answer) => {
      admission.joinInvited(id, phone.number, code, person(from));
      answer({});
    },
    'group-leave': ({ phone }, { id }, answer) => {
      groups.leave(id, phone.number);
      answer({});
    },
  };
}
