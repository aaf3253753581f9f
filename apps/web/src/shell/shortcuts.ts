import { useEffect, useLayoutEffect, useRef } from "react";
import { createStoredSwitch } from "./stored-switch";

/** Single keys can clash with speech input, so they can be turned off (WCAG 2.1.4). */
export const shortcutSwitch = createStoredSwitch("intake-shortcuts");

/** Key as `KeyboardEvent.key` says it; letters in lower case, `Shift+r` for a letter that means something else with Shift. */
export type Shortcuts = Record<string, (() => void) | undefined>;

/** Listens to single keys, never while somebody types or a dialog or menu is open. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  // With the paint, so that a key never acts on what was on the screen before.
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!shortcutSwitch.read() || isTaken(event)) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const act = (event.shiftKey ? latest.current[`Shift+${key}`] : undefined) ?? latest.current[key];
      if (!act) return;
      event.preventDefault();
      act();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

const typingPlaces =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";
// Enter on one of these is its own.
const controls = "a, button, summary, [role=button]";
const layers = "[role=dialog], [role=menu], [role=listbox]";

/** Whether this key press belongs to someone else. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return true;
  if (!(event.target instanceof Element)) return false;
  if (event.target.closest(typingPlaces)) return true;
  if (event.key === "Enter" && event.target.closest(controls)) return true;
  return document.querySelector(layers) !== null;
}
