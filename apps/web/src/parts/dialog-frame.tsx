import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "./button";

interface DialogFrameProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog that is open while it is rendered; Escape, the cross and a press outside close it. */
export function DialogFrame({ title, onClose, children }: DialogFrameProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[12vh] pb-4"
    >
      <Modal className="rise w-full max-w-110 rounded-3 bg-raised shadow-3">
        <Dialog className="outline-none">
          <div className="flex items-center gap-3 px-6 pt-4">
            <Heading slot="title" className="min-w-0 flex-1 text-lg font-semibold wrap-anywhere">
              {title}
            </Heading>
            <Button look="quiet" shape="icon" aria-label="Close" onPress={onClose}>
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          </div>
          <div className="px-6 pt-2 pb-6">{children}</div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
