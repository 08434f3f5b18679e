import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupSchema } from '../../../electron/contract/entities/group';
import { translateGroup } from '../../../electron/worker/translate-group';

const id = '120363000000000001@g.us';
const ana = '551100000001@c.us';

describe('group of the page', () => {
  it('becomes a group of the contract', () => {
    const raw = {
      id,
      name: 'Team',
      desc: '',
      creation: 1_700_000_000,
      owner: '77@lid',
      ownerPhoneWid: ana,
      announce: true,
      restrict: false,
      memberAddMode: 'admin_add',
      membershipApprovalMode: 'on',
      size: 2,
      self: { isAdmin: true, isSuperAdmin: false },
    };
    expect(translateGroup(raw)).toEqual({
      id,
      name: 'Team',
      createdMs: 1_700_000_000_000,
      ownerId: ana,
      participantCount: 2,
      ownRole: 'admin',
      messagesAdminOnly: true,
      infoAdminOnly: false,
      addingAdminOnly: true,
      joiningNeedsApproval: true,
    });
  });

  it('tells people by number where it is known, else by hidden id', () => {
    const people = [
      { id: '77@lid', phoneWid: ana, name: ' Ana ', isSuperAdmin: true },
      { id: '78@lid', isAdmin: true },
      { id: 'nonsense' },
    ];
    expect(translateGroup({ id, people })?.participants).toEqual([
      { id: ana, phone: '+551100000001', name: 'Ana', role: 'owner' },
      { id: '78@lid', role: 'admin' },
    ]);
  });

  it('of which this account is no part has no role of its own', () => {
    expect(translateGroup({ id })).not.toHaveProperty('ownRole');
    expect(translateGroup({ id: ana })).toBeUndefined();
  });

  it('is a valid group whatever the page hands out', () => {
    const loose = fc.record(
      {
        name: fc.anything(),
        desc: fc.anything(),
        creation: fc.anything(),
        owner: fc.anything(),
        ownerPhoneWid: fc.anything(),
        announce: fc.anything(),
        restrict: fc.anything(),
        memberAddMode: fc.anything(),
        membershipApprovalMode: fc.anything(),
        size: fc.anything(),
        self: fc.anything(),
        people: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(loose, (raw) => {
        expect(groupSchema.safeParse(translateGroup({ ...raw, id })).success).toBe(true);
      }),
    );
  });
});
