import type { LucideIcon } from 'lucide-react';

export interface IconProps {
  readonly icon: LucideIcon;
  readonly size?: number;
  readonly className?: string;
}

/** A decorative picture: what it means is always said in words beside it or in an accessible name. */
export const Icon = ({ icon: Picture, size = 18, className = '' }: IconProps) => (
  <Picture size={size} strokeWidth={1.75} aria-hidden="true" className={`shrink-0 ${className}`} />
);
