import type { ReactNode } from 'react';

/** A list of names and values in two columns. */
export const Facts = ({ children }: { readonly children: ReactNode }) => (
  <dl className="tabular m-0 grid grid-cols-[104px_minmax(0,1fr)] gap-x-3 gap-y-[7px] text-[12.8px]">{children}</dl>
);

/** One value with its name. */
export const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <>
    <dt className="text-text-2">{name}</dt>
    <dd className="selectable m-0 min-w-0 break-words">{children}</dd>
  </>
);
