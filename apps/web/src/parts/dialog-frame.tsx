import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button";

interface DialogFrameProps {
  title: string;
  onClose: () => void;
  /** False where closing by accident would lose something: only a button inside closes it then. */
  isDismissable?: boolean;
  children: ReactNode;
}

/** A dialog that is open while it is rendered; Escape, the cross and a press outside close it, as does what sits in `slot="close"`. */
export function DialogFrame({ title, onClose, isDismissable = true, children }: DialogFrameProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[12vh] pb-4 max-md:pt-4"
    >
      <Modal className="rise w-full max-w-110 rounded-3 bg-raised shadow-3">
        <Dialog className="outline-none">
          <div className="flex min-h-12 items-center gap-3 px-6 pt-4 max-md:px-4">
            <Heading slot="title" className="min-w-0 flex-1 text-lg font-semibold wrap-anywhere">
              {title}
            </Heading>
            {isDismissable ? (
              <Button look="quiet" shape="icon" aria-label="Close" onPress={onClose}>
                <X size={16} strokeWidth={1.75} aria-hidden />
              </Button>
            ) : null}
          </div>
          <div className="grid gap-4 px-6 pt-2 pb-6 max-md:px-4">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
