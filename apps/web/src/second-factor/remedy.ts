import type { SeekRemedy } from "@intake/client/remedy-link";
import { useSyncExternalStore } from "react";

/** What calls are waiting for the person to do. */
interface Wanted {
  stepUp: boolean;
  secondFactorSetup: boolean;
}

const nothing: Wanted = { stepUp: false, secondFactorSetup: false };
let wanted = nothing;
let asked: { promise: Promise<boolean>; resolve: (isProven: boolean) => void } | null = null;
const listeners = new Set<() => void>();

function want(next: Wanted): void {
  wanted = next;
  for (const listener of listeners) listener();
}

/** For every refused call: opens the dialog that asks who is there, or the page that sets up the second factor. */
export const seekRemedy: SeekRemedy = async (remedy) => {
  if (remedy === "second-factor-setup") {
    if (!wanted.secondFactorSetup) want({ ...wanted, secondFactorSetup: true });
    return false;
  }
  // Calls refused at the same time are asked for once.
  asked ??= Promise.withResolvers<boolean>();
  want({ ...wanted, stepUp: true });
  return asked.promise;
};

/** The dialog has its answer: the calls that wait go on, or give up. */
export function settleStepUp(isProven: boolean): void {
  want({ ...wanted, stepUp: false });
  asked?.resolve(isProven);
  asked = null;
}

/** The person has a second factor now, or has left. */
export function forgetRemedies(): void {
  settleStepUp(false);
  want(nothing);
}

export function useWanted(): Wanted {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => wanted,
  );
}
