import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextProfileMark, type ProfileMark } from '../../../../electron/domain/sending/profile-epoch';

const same = { linkedAnew: false, newEpoch: 'new' };
const begun = { mark: { epoch: 'new', launches: 1 }, isNewEpoch: true };

describe('the epoch of a profile', () => {
  it('begins when there is no mark yet', () => {
    expect(nextProfileMark({ ...same, file: undefined, ours: undefined })).toEqual(begun);
  });

  it('goes on while profile and facts agree', () => {
    const mark = { epoch: 'old', launches: 4 };
    expect(nextProfileMark({ ...same, file: mark, ours: mark })).toEqual({
      mark: { epoch: 'old', launches: 5 },
      isNewEpoch: false,
    });
  });

  it('goes on after a crash between writing the profile and the facts', () => {
    expect(
      nextProfileMark({ ...same, file: { epoch: 'old', launches: 5 }, ours: { epoch: 'old', launches: 4 } }),
    ).toEqual({
      mark: { epoch: 'old', launches: 6 },
      isNewEpoch: false,
    });
  });

  it.each<{ what: string; file: ProfileMark | undefined; ours: ProfileMark | undefined; linkedAnew: boolean }>([
    { what: 'has lost its mark', file: undefined, ours: { epoch: 'old', launches: 4 }, linkedAnew: false },
    {
      what: 'comes from elsewhere',
      file: { epoch: 'other', launches: 9 },
      ours: { epoch: 'old', launches: 4 },
      linkedAnew: false,
    },
    {
      what: 'is an older copy',
      file: { epoch: 'old', launches: 3 },
      ours: { epoch: 'old', launches: 4 },
      linkedAnew: false,
    },
    {
      what: 'was linked anew',
      file: { epoch: 'old', launches: 4 },
      ours: { epoch: 'old', launches: 4 },
      linkedAnew: true,
    },
    { what: 'is known to nobody', file: { epoch: 'old', launches: 4 }, ours: undefined, linkedAnew: false },
  ])('is a new one when the profile $what', ({ file, ours, linkedAnew }) => {
    expect(nextProfileMark({ file, ours, linkedAnew, newEpoch: 'new' })).toEqual(begun);
  });

  it('notices every older copy that is put back, at whatever launch a crash came between the two writes', () => {
    const launch = fc.constantFrom('written', 'profile_only', 'neither');
    fc.assert(
      fc.property(fc.array(launch, { maxLength: 12 }), fc.nat(), (launches, pick) => {
        let file: ProfileMark | undefined;
        let ours: ProfileMark | undefined;
        const copies: { readonly file: ProfileMark | undefined; readonly ours: ProfileMark | undefined }[] = [];
        for (const [index, outcome] of launches.entries()) {
          const { mark } = nextProfileMark({ file, ours, linkedAnew: false, newEpoch: `epoch ${index}` });
          if (outcome !== 'neither') file = mark;
          if (outcome === 'written') ours = mark;
          copies.push({ file, ours });
        }
        const copy = copies[pick % Math.max(1, copies.length)];
        if (copy === undefined || ours === undefined || copy.ours?.launches === ours.launches) return;
        // The profile goes back to the copy; the facts do not.
        fc.pre(copy.file !== undefined && (copy.file.epoch !== ours.epoch || copy.file.launches < ours.launches));
        expect(nextProfileMark({ ...same, file: copy.file, ours }).isNewEpoch).toBe(true);
      }),
    );
  });
});
