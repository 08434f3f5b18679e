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

const Words = ({ children }: { readonly children: string }) => <b className="font-[620]">{children}</b>;

/** What to do on the phone, for scanning or for typing a code. */
export const Steps = ({ way }: { readonly way: 'qr' | 'phone' }) => (
  <ol className="m-0 grid list-none gap-4 p-0">
    <Step number={1}>
      Open <Words>WhatsApp</Words> on the phone of this number
    </Step>
    <Step number={2}>
      Go to <Words>Settings → Linked devices</Words>, then <Words>Link a device</Words>
    </Step>
    {way === 'qr' ? (
      <Step number={3}>Point the phone at this code</Step>
    ) : (
      <>
        <Step number={3}>
          Choose <Words>Link with phone number instead</Words>
        </Step>
        <Step number={4}>Type the code that is shown here</Step>
      </>
    )}
  </ol>
);
