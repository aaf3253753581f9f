import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { loadPalette } from "./find-button";
import { PaletteInput, paletteBox, paletteScrim } from "./palette-input";

const PaletteDialog = lazy(() => loadPalette().then((module) => ({ default: module.PaletteDialog })));

/**
 * Find a lead, go somewhere, do something: over whatever is on the screen. Where its code has yet to be loaded there is a field at once, so
 * that no letter is lost, and none is taken for a shortcut.
 */
export function PaletteHost({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const chosen = useRef<() => void>(undefined);
  const [focusedBefore] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog is gone, so that what was chosen finds the page as it was and may take the focus.
      setTimeout(() => {
        if (document.activeElement === document.body && focusedBefore instanceof HTMLElement)
          focusedBefore.focus({ preventScroll: true });
        chosen.current?.();
      });
    },
    [focusedBefore],
  );
  return (
    <Suspense
      fallback={
        <div className={paletteScrim}>
          <div role="dialog" aria-label="Find or do" className={paletteBox}>
            <PaletteInput
              text={text}
              onType={setText}
              onKeyDown={(event) => event.key === "Escape" && onClose()}
            />
          </div>
        </div>
      }
    >
      <PaletteDialog
        text={text}
        onType={setText}
        onClose={onClose}
        onChoose={(run) => {
          chosen.current = run;
          onClose();
        }}
      />
    </Suspense>
  );
}
