import { X } from 'lucide-react';
import { useEffect } from 'react';
import type { Toast } from '../state/console-state';
import { actions, useConsole } from '../state/use-console';
import { IconButton } from '../ui/IconButton';

/** Long enough to be read; errors stay until they are closed. */
const shownMs = 6000;

const ToastCard = ({ toast }: { readonly toast: Toast }) => {
  useEffect(() => {
    if (toast.tone === 'bad') return;
    const timer = setTimeout(() => actions.dropToast(toast.id), shownMs);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div
      className={`appear pointer-events-auto flex max-w-[440px] items-center gap-2 rounded-[12px] border bg-raised py-1 ps-4 pe-1 shadow-float ${
        toast.tone === 'bad' ? 'border-bad' : 'border-line'
      }`}
    >
      <span className="selectable min-w-0 flex-1 break-words">{toast.text}</span>
      <IconButton icon={X} label="Hide this message" onPress={() => actions.dropToast(toast.id)} />
    </div>
  );
};

/** Short messages about what just happened, spoken as they come. */
export const Toasts = () => {
  const toasts = useConsole((state) => state.toasts);
  return (
    <section
      aria-label="Messages of the console"
      aria-live="assertive"
      data-region="toasts"
      tabIndex={-1}
      className="pointer-events-none fixed inset-x-0 bottom-5 z-50 flex flex-col items-center gap-2 px-4 focus-visible:outline-none"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
};
