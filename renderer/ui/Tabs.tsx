import { type KeyboardEvent, useRef } from 'react';

export interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly title: string }[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  /** Id of the element that shows the chosen page. */
  readonly controls: string;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/** The pages of one thing, side by side. The arrow keys move along them; Enter, Space or a press shows one. */
export const Tabs = <Id extends string>({ label, tabs, value, onChange, controls }: TabsProps<Id>) => {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = [...(list.current?.querySelectorAll('[role="tab"]') ?? [])];
    const active = document.activeElement;
    const here = active === null ? -1 : all.indexOf(active);
    const step = (steps[event.key] ?? 0) * (document.dir === 'rtl' ? -1 : 1);
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : here + step;
    if (here === -1 || next === here) return;
    event.preventDefault();
    const target = all[(next + all.length) % all.length];
    if (target instanceof HTMLElement) target.focus();
  };
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      onKeyDown={onKeyDown}
      className="flex shrink-0 gap-[2px] rounded-[10px] bg-surface-2 p-[3px]"
    >
      {tabs.map(({ id, title }) => (
        <button
          key={id}
          type="button"
          role="tab"
          aria-selected={id === value}
          aria-controls={controls}
          tabIndex={id === value ? 0 : -1}
          onClick={() => onChange(id)}
          className={`cursor-default rounded-[8px] px-3 py-1 text-[12.8px] font-[560] transition-colors duration-[120ms] ${
            id === value
              ? 'bg-[light-dark(#fff,var(--line-strong))] text-text shadow-flat'
              : 'text-text-2 hover:text-text'
          }`}
        >
          {title}
        </button>
      ))}
    </div>
  );
};
