import type { Clock } from "@intake/core/ports/clock";

/** Failures in a row after which the other side is left alone. */
const failuresToOpen = 3;
const firstPauseSeconds = 5;
const longestPauseSeconds = 60;

export interface Breaker {
  /** `open`: calls are refused, but for one probe after each pause. */
  state(): "closed" | "open";
  /** Runs the call and learns from it, or returns null because the other side is left alone now. */
  run<Result>(call: () => Promise<Result>, hasFailed: (result: Result) => boolean): Promise<Result | null>;
}

/** Spares a service that fails: after 3 failures in a row it is asked once per pause, which grows from 5 to 60 s until it answers. */
export function createBreaker({ now }: { now: Clock }): Breaker {
  let failures = 0;
  let pauseSeconds = firstPauseSeconds;
  let openedAt: Date | null = null;
  let isProbing = false;

  function isPausing(): boolean {
    if (openedAt === null) return false;
    const seconds = (now().getTime() - openedAt.getTime()) / 1000;
    // A clock that was set back must not prolong the pause.
    return seconds >= 0 && seconds < pauseSeconds;
  }

  function fail(isProbe: boolean): void {
    failures += 1;
    // Calls that were under way when it opened tell nothing new.
    if (openedAt !== null && !isProbe) return;
    if (failures < failuresToOpen) return;
    pauseSeconds = isProbe ? Math.min(pauseSeconds * 2, longestPauseSeconds) : firstPauseSeconds;
    openedAt = now();
  }

  return {
    state: () => (openedAt === null ? "closed" : "open"),
    async run(call, hasFailed) {
      const isProbe = openedAt !== null;
      if (isPausing() || (isProbe && isProbing)) return null;
      if (isProbe) isProbing = true;
      try {
        const result = await call();
        if (hasFailed(result)) fail(isProbe);
        else {
          failures = 0;
          openedAt = null;
        }
        return result;
      } finally {
        if (isProbe) isProbing = false;
      }
    },
  };
}
