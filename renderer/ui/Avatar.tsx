import { Users } from 'lucide-react';
import { Icon } from './Icon';
import { groundOf, initialsOf } from './person-name';

export interface AvatarProps {
  readonly name: string;
  /** Decides the ground: the same seed, the same ground. */
  readonly seed: string;
  readonly size?: 36 | 40 | 64;
  readonly group?: boolean;
}

const sizes = { 36: 'size-9 text-[13px]', 40: 'size-10 text-[14px]', 64: 'size-16 text-[21px]' } as const;

/** The round picture of a person or group; decorative, the name is always beside it. */
export const Avatar = ({ name, seed, size = 40, group = false }: AvatarProps) => (
  <span
    aria-hidden="true"
    style={{ background: groundOf(seed) }}
    className={`keep-color grid shrink-0 select-none place-items-center rounded-full font-semibold text-white ${sizes[size]}`}
  >
    {group ? <Icon icon={Users} size={size / 2} /> : initialsOf(name)}
  </span>
);
