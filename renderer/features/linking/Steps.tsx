import type { ReactNode } from 'react';

const Step = ({ number, children }: { readonly number: number; readonly children: ReactNode }) => (
  <li className="grid grid-cols-[28px_minmax(0,1fr)] gap-3 leading-[1.5]">
    <span
      aria-hidden="true"
      className="grid size-7 place-items-center rounded-full border-[1.5px] border-line-strong text-[13px] font-[640]"
    >
      {number}
    </span>
    <span className="pt-[3px]">{children}</span>
  </li>
);

/** What to do on the phone. */
export const Steps = () => (
  <ol className="m-0 grid list-none gap-4 p-0">
    <Step number={1}>
      Open <b className="font-[620]">WhatsApp</b> on the phone of this number
    </Step>
    <Step number={2}>
      Go to <b className="font-[620]">Settings → Linked devices</b>, then <b className="font-[620]">Link a device</b>
    </Step>
    <Step number={3}>Point the phone at this code</Step>
  </ol>
);
