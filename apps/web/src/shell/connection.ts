import { useSyncExternalStore } from "react";

export type Connection = "fine" | "offline" | "unreachable";

let isReachable = true;
const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

/** Called with the outcome of every call: whether Intake answered at all. */
export function noteReachability(reached: boolean): void {
  if (reached === isReachable) return;
  isReachable = reached;
  tell();
}

function read(): Connection {
  if (!navigator.onLine) return "offline";
  return isReachable ? "fine" : "unreachable";
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}

/** Whether calls can get through right now, as far as we know. */
export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, read);
}
