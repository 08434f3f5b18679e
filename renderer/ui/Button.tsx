import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './class-names';

type Look = 'primary' | 'ghost' | 'danger' | 'dangerGhost' | 'plain';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style' | 'isPending'> {
  readonly look?: Look;
  readonly small?: boolean;
  /** What it does is under way: it keeps its place and the focus, and another press does nothing. */
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

const looks: Record<Look, string> = {
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-hover font-[620]',
  ghost: 'border border-line-strong bg-surface text-text hover:bg-surface-2 font-[560]',
  danger: 'border border-transparent bg-bad text-[light-dark(#fff,#26090c)] hover:brightness-95 font-[620]',
  dangerGhost: 'border border-line-strong bg-surface text-bad-ink hover:bg-surface-2 font-[560]',
  plain: 'text-accent-ink hover:bg-hover font-[560]',
};

/** A button with words. The words are what will happen. */
export const Button = ({
  look = 'ghost',
  small = false,
  isPending = false,
  children,
  onPress,
  type = 'button',
  ...props
}: ButtonProps) => (
  <AriaButton
    {...props}
    type={isPending ? 'button' : type}
    {...(isPending ? { 'aria-disabled': 'true' as const } : onPress === undefined ? {} : { onPress })}
    className={cx(
      'inline-flex shrink-0 items-center justify-center gap-[7px] whitespace-nowrap rounded-[9px] transition-colors duration-[120ms]',
      'pressed:brightness-95 disabled:opacity-45 aria-disabled:opacity-60',
      small ? 'h-[28px] px-[10px] text-[12.5px]' : 'h-[34px] px-[14px]',
      looks[look],
    )}
  >
    {children}
  </AriaButton>
);
