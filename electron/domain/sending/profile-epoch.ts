/** A mark in the browser profile. It goes where the profile goes: a new or restored profile tells itself by it. */
export interface ProfileMark {
  /** Names one login on one device. */
  readonly epoch: string;
  /** Grows with every launch, so that an older copy of the profile is noticed. */
  readonly launches: number;
}

/**
 * The mark after a session got ready, and whether what the page does not know proves anything: in a new epoch a message
 * that is not found may have left all the same. To be written to the profile first, then to our own facts: a crash in
 * between leaves the profile one launch ahead, which is the same epoch, or with an epoch that is not ours, which is new.
 *
 * @param file The mark in the profile; undefined: none, or not readable.
 * @param ours The mark in our own facts; undefined: none yet.
 * @param linkedAnew Whether this launch linked the device (QR or pairing code) instead of finding its login.
 * @param newEpoch A name that was never used, should one be needed.
 */
export const nextProfileMark = ({
  file,
  ours,
  linkedAnew,
  newEpoch,
}: {
  readonly file: ProfileMark | undefined;
  readonly ours: ProfileMark | undefined;
  readonly linkedAnew: boolean;
  readonly newEpoch: string;
}): { readonly mark: ProfileMark; readonly isNewEpoch: boolean } => {
  const isSame =
    !linkedAnew &&
    file !== undefined &&
    ours !== undefined &&
    file.epoch === ours.epoch &&
    file.launches >= ours.launches;
  return isSame
    ? { mark: { epoch: file.epoch, launches: file.launches + 1 }, isNewEpoch: false }
    : { mark: { epoch: newEpoch, launches: 1 }, isNewEpoch: true };
};
