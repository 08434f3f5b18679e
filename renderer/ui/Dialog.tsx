import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './IconButton';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Asks before something is lost. */
  readonly alert?: boolean;
  /** For pictures and long texts. */
  readonly wide?: boolean;
  /** Shows what is seen once: only its own button closes it. */
  readonly stays?: boolean;
}

/** A dialog on top of everything. Esc and a click beside it close it; focus goes back to where it was. */
export const Dialog = ({ title, onClose, children, alert = false, wide = false, stays = false }: DialogProps) => (
  <ModalOverlay
    isOpen
    isDismissable={!alert && !stays}
    isKeyboardDismissDisabled={stays}
    onOpenChange={(open) => {
      if (!open) onClose();
    }}
    className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-[var(--scrim)] p-4"
  >
    <Modal className={`appear w-full ${wide ? 'max-w-[860px]' : 'max-w-[460px]'}`}>
      <AriaDialog
        role={alert ? 'alertdialog' : 'dialog'}
        className="relative rounded-[16px] border border-line bg-surface p-6 shadow-float focus-visible:outline-none"
      >
        <Heading slot="title" className="m-0 mb-4 pe-9 text-[17px] font-[660] tracking-[-0.01em]">
          {title}
        </Heading>
        {children}
        {!stays && (
          <div className="absolute end-4 top-4">
            <IconButton icon={X} label="Close" onPress={onClose} />
          </div>
        )}
      </AriaDialog>
    </Modal>
  </ModalOverlay>
);

/** The row of buttons at a dialog's end. */
export const DialogActions = ({ children }: { readonly children: ReactNode }) => (
  <div className="mt-6 flex flex-wrap justify-end gap-2">{children}</div>
);
