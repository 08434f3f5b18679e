import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, type TooltipProps as AriaTooltipProps, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './Kbd';

export interface TooltipProps {
  readonly text: ReactNode;
  /** The keys that do the same, for example `Ctrl N`. */
  readonly keys?: string | undefined;
  readonly placement?: NonNullable<AriaTooltipProps['placement']>;
  /** One react-aria element that can have focus. */
  readonly children: ReactElement;
}

/** Words for something that shows none, on hover and on focus. */
export const Tooltip = ({ text, keys, placement = 'bottom', children }: TooltipProps) => (
  <TooltipTrigger delay={500} closeDelay={60}>
    {children}
    <AriaTooltip
      placement={placement}
      offset={7}
      className="appear z-50 flex max-w-[280px] items-center gap-2 rounded-[8px] bg-text px-[9px] py-[5px] text-[12px] text-surface shadow-float"
    >
      <span className="min-w-0 break-words">{text}</span>
      {keys !== undefined && <Kbd inverse>{keys}</Kbd>}
    </AriaTooltip>
  </TooltipTrigger>
);
