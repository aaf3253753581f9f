import { idleSeconds, warningSeconds } from "@intake/core/auth/policy";

export interface SessionEnd {
  /** Because nobody did anything, or because no session lasts longer. */
  kind: "idle" | "absolute";
  /** Whole seconds, rounded up; 0 when it is over. */
  secondsLeft: number;
}

/** The end that is near enough to warn of, or null. Times in milliseconds since the epoch. */
export function nearingEnd(input: { now: number; lastAt: number; absoluteEnd: number }): SessionEnd | null {
  const idleEnd = input.lastAt + idleSeconds * 1000;
  const kind = idleEnd < input.absoluteEnd ? "idle" : "absolute";
  const end = Math.min(idleEnd, input.absoluteEnd);
  const secondsLeft = Math.max(0, Math.ceil((end - input.now) / 1000));
  return secondsLeft <= warningSeconds ? { kind, secondsLeft } : null;
}

/** `1:05`. */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** What screen readers hear of the countdown, seldom enough not to talk over everything else. */
export function spokenCountdown(seconds: number): string {
  if (seconds > 60) return "2 minutes left";
  if (seconds > 30) return "1 minute left";
  return seconds > 10 ? "30 seconds left" : "10 seconds left";
}
