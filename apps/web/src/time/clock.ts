import { useUser } from "@intake/client/react";
import { useSyncExternalStore } from "react";
import { knownZone } from "./formats";

const tickMilliseconds = 20_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

/** One clock for all relative times; it also catches up when a tab comes back from the background. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) {
    now = Date.now();
    timer = setInterval(tick, tickMilliseconds);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    document.removeEventListener("visibilitychange", tick);
  };
}

/** The present, moving on every 20 seconds. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => now));
}

/** The zone of the person signed in. */
export function useZone(): string {
  return knownZone(useUser()?.timeZone ?? "UTC");
}
