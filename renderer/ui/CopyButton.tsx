import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import { copyText } from './copy-text';
import { Icon } from './Icon';

/** How long the button says that it worked, in ms. */
const saidMs = 2_500;

export interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who do not see what the button stands beside. */
  readonly what: string;
  readonly small?: boolean;
  readonly autoFocus?: boolean;
}

/** Puts a text on the clipboard and says whether that worked. */
export const CopyButton = ({ text, what, small = false, autoFocus = false }: CopyButtonProps) => {
  const [outcome, setOutcome] = useState<'copied' | 'failed'>();
  useEffect(() => {
    if (outcome === undefined) return;
    const timer = setTimeout(() => setOutcome(undefined), saidMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <Button
        small={small}
        autoFocus={autoFocus}
        aria-label={`Copy ${what}`}
        onPress={() => setOutcome(copyText(text) ? 'copied' : 'failed')}
      >
        <Icon icon={outcome === 'copied' ? Check : Copy} size={16} />
        <span className="min-w-[44px] text-start">{outcome === 'copied' ? 'Copied' : 'Copy'}</span>
      </Button>
      <span role="status" className="sr-only">
        {outcome === 'copied' && `Copied ${what}.`}
        {outcome === 'failed' && `It could not be copied. Select ${what} and press Ctrl C.`}
      </span>
    </>
  );
};
