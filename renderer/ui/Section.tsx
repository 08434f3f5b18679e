import type { ReactNode } from 'react';

/** One subject of the form. */
export const Section = ({
  title,
  text,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly children: ReactNode;
}) => (
  <section className="surface-card px-7 py-[22px]">
    <h2 className="m-0 text-[15.5px] font-[650] tracking-[-0.005em]">{title}</h2>
    {text !== undefined && <p className="m-0 mt-[2px] text-[12.5px] text-text-2">{text}</p>}
    <div className="mt-4 grid gap-4">{children}</div>
  </section>
);

/** Fields that belong to a switch, below it and set in. */
export const Indent = ({ children }: { readonly children: ReactNode }) => (
  <div className="grid gap-4 ps-12">{children}</div>
);
