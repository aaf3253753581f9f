import type { Effects } from "@intake/core/context";
import type { Metrics } from "../metrics";
import { measureOffice } from "./measure-office";
import {
  measureProcess,
  measureQueues,
  measureSafety,
  measureStorage,
  measureWaiting,
} from "./measure-operations";

/** How long whoever reads the metrics waits for what comes from the database, in milliseconds. */
const patienceMs = 10;
/** How old the numbers of the office may be before they are measured again, in seconds. They are the dear ones. */
const officeSeconds = 30;

type Measure = (effects: Effects, metrics: Metrics) => Promise<void>;

/** One after the other, the cheap ones first: numbers are worth less of the database than requests are. */
const groups: [string, Measure][] = [
  ["waiting", measureWaiting],
  ["queues", measureQueues],
  ["safety", measureSafety],
  ["storage", measureStorage],
  ["office", measureOffice],
];

/**
 * Measures everything, one run at a time, and resolves when it is done or a reader has waited long enough: then what is shown is what the
 * run before found, and `intake_measured_timestamp_seconds` says when. A group that fails keeps its numbers and its time.
 */
export function createMeasuring(effects: Effects, metrics: Metrics): () => Promise<void> {
  let running: Promise<void> | null = null;
  const measuredAt = new Map<string, number>();

  async function measureAll(): Promise<void> {
    for (const [group, measure] of groups) {
      const isFresh =
        group === "office" &&
        effects.now().getTime() - (measuredAt.get(group) ?? Number.NEGATIVE_INFINITY) < officeSeconds * 1000;
      if (isFresh) continue;
      try {
        await measure(effects, metrics);
        const at = effects.now().getTime();
        measuredAt.set(group, at);
        metrics.measuredAt.set({ group }, at / 1000);
      } catch (error) {
        effects.log.debug({ group, error }, "metrics could not be measured");
      }
    }
  }

  return async () => {
    measureProcess(effects, metrics);
    running ??= measureAll().finally(() => {
      running = null;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patienceMs);
    });
    await Promise.race([running, late]);
    clearTimeout(timer);
  };
}
