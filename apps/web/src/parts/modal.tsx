import type { ReactNode } from "react";
import { Modal as AriaModal, Dialog, Heading, ModalOverlay } from "react-aria-components/Modal";

interface ModalProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** A question in front of the page; Escape and a press outside close it. */
export function Modal({ title, onClose, children }: ModalProps) {
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      isDismissable
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[12vh] pb-4"
    >
      <AriaModal className="rise w-full max-w-110 rounded-3 bg-raised shadow-3">
        <Dialog className="grid gap-4 p-6 outline-none">
          <Heading slot="title" className="text-lg font-semibold">
            {title}
          </Heading>
          {children}
        </Dialog>
      </AriaModal>
    </ModalOverlay>
  );
}
