import type { ReactNode } from 'react';

export interface ActionRowProps {
  readonly title: string;
  /** What it does and what it leaves alone. */
  readonly text: ReactNode;
  /** The button. */
  readonly children: ReactNode;
}

/** Something that can be done, in words, with its button at the end. */
export const ActionRow = ({ title, text, children }: ActionRowProps) => (
  <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line py-[14px]">
    <div className="min-w-[220px] flex-1">
      <span className="block font-[570]">{title}</span>
      <span className="block text-[12.5px] text-text-2">{text}</span>
    </div>
    {children}
  </div>
);
