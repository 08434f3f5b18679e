import type { ReactNode } from 'react';

/** A card beside a page: a small heading and what belongs to it. */
export const SideCard = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="surface-card min-w-0 p-[18px]">
    <h2 className="m-0 mb-[10px] text-[11.5px] font-[620] text-text-3">{title}</h2>
    {children}
  </section>
);
