import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

/** Share of the time that the event loop may be busy before background work waits. */
const busyShare = 0.7;
const sampleMilliseconds = 100;

/**
 * Waits for a moment in which requests leave room, at most `maxSeconds`: people at the form come before mails, which have a minute
 * (security rule 13). On an idle process it costs a tenth of a second.
 */
export async function giveWay(maxSeconds: number): Promise<void> {
  const end = performance.now() + maxSeconds * 1000;
  do {
    const start = performance.eventLoopUtilization();
    await delay(sampleMilliseconds);
    if (performance.eventLoopUtilization(start).utilization < busyShare) return;
  } while (performance.now() < end);
}
