import { X } from "lucide-react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "../parts/button";
import { shortcutSwitch } from "./shortcuts";

const groups = [
  {
    title: "Lead",
    keys: [
      ["R", "Mark reached out"],
      ["Shift R", "Mark reached out, saying how"],
      ["U", "Set back to pending"],
      ["A", "Assign to somebody"],
      ["M", "Write a note; Ctrl or ⌘ with Enter saves it"],
      ["E", "Write an email"],
      ["C", "Copy the address"],
      ["J K", "Next, previous lead of the list"],
      ["Esc", "Back to the list"],
    ],
  },
  {
    title: "Resume",
    keys: [
      ["PgUp PgDn", "Scroll by a screen"],
      ["N P", "Next, previous page"],
      ["Home End", "First, last page"],
      ["+ −", "Zoom in, out"],
      ["0", "Fit the width"],
      ["F", "Find in the resume"],
      ["T", "Small pictures of all pages"],
      ["D", "Download the original"],
    ],
  },
  {
    title: "List",
    keys: [
      ["/", "Search; words like “status:pending” become filters, quotes keep words together"],
      ["Esc", "Clear the search; select none"],
      ["T", "Triage: open the first lead that waits"],
      ["X", "Select the lead; with Shift all up to it"],
      ["Ctrl A", "Select all that are loaded"],
      ["R", "Mark the selected leads reached out"],
      ["A", "Assign the selected leads"],
      ["J K", "Next, previous lead; the arrow keys too"],
      ["O", "Open the lead; Enter too"],
      ["N P", "Next, previous page"],
    ],
  },
  {
    title: "Everywhere",
    keys: [
      ["?", "Show these keys"],
      ["U", "Undo, while the message is shown"],
    ],
  },
] as const;

interface ShortcutDialogProps {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
}

/** All keys, and the switch that turns them off. */
export function ShortcutDialog({ isOpen, onOpenChange }: ShortcutDialogProps) {
  const isOn = shortcutSwitch.useIsOn();
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[12vh] pb-4"
    >
      <Modal className="rise w-full max-w-140 rounded-3 bg-raised shadow-3">
        <Dialog className="outline-none">
          <div className="flex items-center gap-3 px-6 pt-4">
            <Heading slot="title" className="flex-1 text-lg font-semibold">
              Keyboard shortcuts
            </Heading>
            <Button slot="close" look="quiet" shape="icon" aria-label="Close">
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          </div>
          <div className="gap-8 px-6 py-3 md:columns-2">
            {groups.map((group) => (
              <section key={group.title} className="mb-4 break-inside-avoid">
                <h3 className="mb-1 text-xs font-medium text-fg-3">{group.title}</h3>
                <dl className="grid grid-cols-[5.25rem_minmax(0,1fr)] gap-y-1.5">
                  {group.keys.map(([keys, meaning]) => (
                    <Line key={keys} keys={keys} meaning={meaning} />
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <label className="flex min-h-(--touch-h) items-center gap-2 border-t border-line px-6 py-3">
            <input
              type="checkbox"
              checked={isOn}
              onChange={(event) => shortcutSwitch.write(event.target.checked)}
              className="size-4 accent-(--ink)"
            />
            Single-key shortcuts are on in this browser
          </label>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Line({ keys, meaning }: { keys: string; meaning: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.split(" ").map((key) => (
          <kbd
            key={key}
            className="inline-grid h-[1.125rem] min-w-[1.125rem] place-items-center rounded-1 border border-line-2 bg-surface px-1 font-sans text-2xs text-fg-2"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
