import { ExternalLink } from 'lucide-react';
import { Icon } from './Icon';

/** Leaves the window for the person's own browser. */
export const OutwardLink = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a
    href={href}
    target="_blank"
    rel="noreferrer"
    className="inline-flex h-[34px] cursor-pointer items-center gap-[7px] rounded-[9px] border border-line-strong bg-surface px-[14px] font-[560] whitespace-nowrap text-text no-underline transition-colors duration-[120ms] hover:bg-surface-2"
  >
    {children}
    <Icon icon={ExternalLink} size={15} className="text-text-3" />
    <span className="sr-only">, opens in your browser</span>
  </a>
);
