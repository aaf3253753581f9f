import type { ReactNode, RefObject } from "react";
import { Dialog, Popover, type PopoverProps } from "react-aria-components/Popover";

export interface DialogPopoverProps {
  /** Its name for screen readers. */
  label: string;
  placement: NonNullable<PopoverProps["placement"]>;
  /** Classes of the box. */
  className: string;
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ReactNode;
}

/** What a button opens beside itself. */
export function DialogPopover({ label, triggerRef, onClose, children, ...box }: DialogPopoverProps) {
  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      placement={box.placement}
      className={`rise z-(--z-popover) max-w-[calc(100vw-1rem)] overflow-auto rounded-3 border border-line-2 bg-raised shadow-2 ${box.className}`}
    >
      <Dialog aria-label={label} className="outline-none">
        {children}
      </Dialog>
    </Popover>
  );
}
