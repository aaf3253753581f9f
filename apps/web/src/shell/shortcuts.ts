import { useEffect, useLayoutEffect, useRef } from "react";
import { type HandledId, handledShortcuts, isApple } from "./shortcut-list";
import { createStoredSwitch } from "./stored-switch";

/** Single keys can clash with speech input, so they can be turned off (WCAG 2.1.4). */
export const shortcutSwitch = createStoredSwitch("intake-shortcuts");

/** What the keys do at this moment; undefined where there is nothing to do. */
export type Handlers = { [Id in HandledId]?: (() => void) | undefined };

const registered = new Set<() => Handlers>();

/** Gives keys their meaning while the caller is on the screen. They are silent while somebody types or a dialog or menu is open. */
export function useShortcuts(handlers: Handlers): void {
  const latest = useRef(handlers);
  // With the paint, so that a key never acts on what was on the screen before.
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const read = () => latest.current;
    if (registered.size === 0) document.addEventListener("keydown", onKeyDown);
    registered.add(read);
    return () => {
      registered.delete(read);
      if (registered.size === 0) document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

/** What can be done by a key on this screen at this moment, in the order of the list. */
export function readActions() {
  return handledShortcuts
    .filter(({ id }) => findHandler(id))
    .map((shortcut) => ({ ...shortcut, run: () => findHandler(shortcut.id)?.() }));
}

function findHandler(id: HandledId): (() => void) | undefined {
  for (const read of registered) {
    const handler = read()[id];
    if (handler) return handler;
  }
  return undefined;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const key = keyOf(event);
  for (const { id, keys, whileTyping } of handledShortcuts) {
    if (!keys.includes(key) || isTaken(event, whileTyping === true)) continue;
    const handler = findHandler(id);
    if (!handler) continue;
    event.preventDefault();
    handler();
    return;
  }
}

/** The combination as the list of shortcuts writes it; empty where it is the browser's own. */
function keyOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const plain = key.length === 1 ? key.toLowerCase() : key;
  const shifted = shiftKey && isLetter ? `Shift+${plain}` : plain;
  if (!ctrlKey && !metaKey) return shifted;
  return ctrlKey !== metaKey && metaKey === isApple ? `Mod+${shifted}` : "";
}

const typingPlaces =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";
// Enter on one of these is its own.
const controls = "a, button, summary, [role=button]";
const dialogs = "[role=dialog], [role=alertdialog], [role=menu]";

/** Whether this key press belongs to someone else. */
function isTaken({ key, ctrlKey, metaKey, target }: KeyboardEvent, whileTyping: boolean): boolean {
  if (!ctrlKey && !metaKey && !shortcutSwitch.read()) return true;
  if (document.querySelector(dialogs)) return true;
  if (whileTyping || !(target instanceof Element)) return false;
  if (target.closest(typingPlaces) || document.querySelector("[role=listbox]")) return true;
  return key === "Enter" && target.closest(controls) !== null;
}
