import { useSyncExternalStore } from "react";

/** A yes/no setting kept in this browser, followed live. */
export function createStoredSwitch(key: string) {
  const listeners = new Set<() => void>();
  const read = () => localStorage.getItem(key) !== "off";

  function write(isOn: boolean): void {
    if (isOn) localStorage.removeItem(key);
    else localStorage.setItem(key, "off");
    for (const listener of listeners) listener();
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return { read, write, useIsOn: () => useSyncExternalStore(subscribe, read) };
}
