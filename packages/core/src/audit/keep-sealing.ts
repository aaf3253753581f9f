import type { Effects } from "../context";
import { sealEvents } from "./seal-events";

/** Seconds between two looks for events to seal. */
const pauseSeconds = 3;

/** Seals new events every few seconds until stopped; of several instances one works at a time. A failure is tried again. */
export function keepSealing(ctx: Pick<Effects, "db" | "keyring" | "now" | "log">): { stop(): Promise<void> } {
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    running ??= sealEvents(ctx)
      .catch((error: unknown) =>
        ctx.log.warn({ err: error }, "audit events could not be sealed, trying again"),
      )
      .finally(() => {
        running = null;
      });
  }, pauseSeconds * 1000);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
