import { useEffect, useRef } from "react";
import { useShortcuts } from "../shell/shortcuts";
import type { Selecting } from "./use-selection";

const typingPlaces =
  "input:not([type=checkbox]), textarea, select, [contenteditable]:not([contenteditable=false])";
const layers = "[role=dialog], [role=menu], [role=listbox]";

/** `x` and Shift-`x` choose the current row or the rows up to it, Ctrl/⌘-A all that are loaded, Escape none. */
export function useSelectionKeys(selecting: Selecting, currentId: string | null): void {
  useShortcuts({
    x: currentId === null ? undefined : () => selecting.toggle(currentId),
    "Shift+x": currentId === null ? undefined : () => selecting.toggle(currentId, true),
    Escape: selecting.selection ? selecting.clear : undefined,
  });
  const toggleLoaded = useRef(selecting.toggleLoaded);
  useEffect(() => {
    toggleLoaded.current = selecting.toggleLoaded;
  });
  useEffect(() => {
    // With a modifier, so it is no single key that could be turned off.
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (!(event.target instanceof Element) || event.target.closest(typingPlaces)) return;
      if (document.querySelector(layers)) return;
      event.preventDefault();
      toggleLoaded.current();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
