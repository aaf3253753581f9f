import { useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  text: string;
  tone: "done" | "bad";
  /** What the person can quote to whoever runs Intake. */
  requestId?: string | undefined;
  action?: { label: string; key?: string; run: () => void };
}

let toast: Toast | null = null;
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: Toast | null): void {
  toast = next;
  for (const listener of listeners) listener();
}

/** Shows a toast; it replaces the one before, since only the last step can be taken back. */
export function showToast(next: Omit<Toast, "id">): void {
  lastId += 1;
  change({ ...next, id: lastId });
}

export function closeToast(): void {
  change(null);
}

function getToast(): Toast | null {
  return toast;
}

export function useToast(): Toast | null {
  return useSyncExternalStore(subscribe, getToast);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
