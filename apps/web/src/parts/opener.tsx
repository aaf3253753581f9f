import { type ComponentProps, lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { Button } from "./button";
import type { DialogPopoverProps } from "./dialog-popover";

const load = () => import("./dialog-popover");
const DialogPopover = lazy(() => load().then((module) => ({ default: module.DialogPopover })));

interface OpenerProps extends Omit<ComponentProps<typeof Button>, "children" | "onPress"> {
  /** What stands on the button. */
  face: ReactNode;
  popover: Pick<DialogPopoverProps, "label" | "placement" | "className">;
  /** What it opens. */
  children: (close: () => void) => ReactNode;
}

/** A button that opens something beside itself. What that takes is fetched when somebody is about to press it. */
export function Opener({ face, popover, children, ...button }: OpenerProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        {...button}
        ref={ref}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onHoverStart={() => void load()}
        onFocus={() => void load()}
        onPress={() => setOpen(true)}
      >
        {face}
      </Button>
      <Suspense>
        {isOpen ? (
          <DialogPopover {...popover} triggerRef={ref} onClose={close}>
            {children(close)}
          </DialogPopover>
        ) : null}
      </Suspense>
    </>
  );
}
