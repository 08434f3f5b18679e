import type { AccountId } from '../../contract/ids';
import type { ProfileMark } from '../../domain/sending/profile-epoch';

export type { ProfileMark };

export interface ProfileMarks {
  /** Undefined: the profile has no mark, or one that cannot be read. */
  read(accountId: AccountId): Promise<ProfileMark | undefined>;
  /** On disk when it resolves. */
  write(accountId: AccountId, mark: ProfileMark): Promise<void>;
}
