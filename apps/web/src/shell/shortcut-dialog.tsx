import { X } from "lucide-react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "../parts/button";
import { allShortcuts, capsOf, shortcutPlaces } from "./shortcut-list";
import { shortcutSwitch } from "./shortcuts";

/** All keys, and the switch that turns them off. */
export function ShortcutDialog({ onClose }: { onClose: () => void }) {
  const isOn = shortcutSwitch.useIsOn();
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[8vh] pb-4"
    >
      <Modal className="rise w-full max-w-140 lg:max-w-220 rounded-3 bg-raised shadow-3">
        <Dialog className="outline-none">
          <div className="flex items-center gap-3 px-6 pt-4">
            <Heading slot="title" className="flex-1 text-lg font-semibold">
              Keyboard shortcuts
            </Heading>
            <Button slot="close" look="quiet" shape="icon" aria-label="Close">
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          </div>
          <div className="gap-8 px-6 py-3 md:columns-2 lg:columns-3">
            {shortcutPlaces.map((place) => (
              <section key={place} className="mb-4 break-inside-avoid-column">
                <h3 className="mb-1 text-xs font-medium text-fg-3">{place}</h3>
                <dl className="grid grid-cols-[5.25rem_minmax(0,1fr)] gap-y-1.5">
                  {allShortcuts
                    .filter((shortcut) => shortcut.place === place)
                    .map(({ keys, words, hint }) => (
                      <Line key={words} keys={keys} meaning={hint ? `${words}; ${hint}` : words} />
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

/** One way to press it beside the other: `J` or `↓`. */
function Line({ keys, meaning }: { keys: readonly string[]; meaning: string }) {
  return (
    <>
      <dt className="flex gap-2">
        {keys.map((key) => (
          <span key={key} className="flex gap-0.5">
            {capsOf(key).map((cap) => (
              <kbd
                key={cap}
                className="inline-grid h-[1.125rem] min-w-[1.125rem] place-items-center rounded-1 border border-line-2 bg-surface px-1 font-sans text-2xs text-fg-2"
              >
                {cap}
              </kbd>
            ))}
          </span>
        ))}
      </dt>
      <dd>{meaning}</dd>
    </>
  );
}
