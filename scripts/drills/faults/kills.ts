import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { judge, untilDrained, untilQueueDrained } from "./judge";
import { faults } from "./line";
import { findPort, type LineName, openOffice } from "./office";
import { startProduct } from "./product";
import { pick, seededRandom } from "./random";
import type { ScenarioInput } from "./scenario";
import { startTraffic, submit, type Traffic } from "./traffic";

/** After the end of a fault the next submission must be taken within so many seconds (security figures, RECOVERY). */
const mostRecoverySeconds = 30;
/** How often the clients pause, so that the queue shows whether it comes after. */
const killsBetweenPauses = 20;
/** A mail may wait for its next try, but not longer than this (security figures, MISS). */
const mostDrainSeconds = 15 * 60;

/**
 * Kills the product at random moments of work, often while one of the lines to what it needs is cut, slow, silent or forgotten, and
 * counts what became of everything that clients were told.
 */
export async function killAtRandom(
  input: ScenarioInput & { kills: number; seed: number },
): Promise<string[]> {
  const { directory, say, rest, kills, seed } = input;
  const random = seededRandom(seed);
  const office = await openOffice({ directory, say });
  const port = await findPort();
  const { environment, credentials } = office;
  const product = startProduct({ port, environment, logFile: join(directory, "product.log") });
  const breaches: string[] = [];
  try {
    await product.untilReady(120);
    const traffic = startTraffic({ url: product.url, credentials, random, clients: 5 });
    const names = Object.keys(office.lines) as LineName[];
    const recoveries = new Map<string, number[]>();
    for (let done = 0; done < kills; done += 1) {
      await delay(random() * 1_200);
      const name = random() < 0.6 ? pick(random, names) : null;
      const line = name === null ? undefined : office.lines[name];
      const fault = pick(random, faults);
      const isKilledWithin = random() < 0.5;
      const milliseconds = 200 + random() * 1_500;
      line?.spoil(fault);
      if (line) await delay(milliseconds);
      if (isKilledWithin) product.kill();
      line?.mend();
      if (!isKilledWithin) {
        await recover(`${name ?? "nothing"} ${fault}`);
        await delay(random() * 500);
        product.kill();
      }
      await recover(line && isKilledWithin ? `kill with ${name} ${fault}` : "kill");
      if ((done + 1) % killsBetweenPauses === 0) await pause(done + 1);
    }
    await traffic.stop();
    await settleUnknown(product.url, traffic);
    // A digest waits its five minutes whatever the machine does meanwhile.
    rest();
    const drained = await untilDrained(office, { mostSeconds: mostDrainSeconds, hasDigests: true, say });
    if (drained === null)
      breaches.push(`MISS: mails or files still wait ${mostDrainSeconds} s after the last fault`);
    else say(`Every mail settled and every file examined ${drained.toFixed(0)} s after the last kill.`);
    const judged = await judge(office, traffic);
    breaches.push(...judged.breaches);
    for (const [what, value] of Object.entries(judged.counters)) say(`${what.padEnd(12)} ${value}`);
    sayRecoveries(recoveries, say);
    say(`ended by itself ${product.endings()} times, as it does where its database is away while it starts`);
    const crashes = product.complaints.filter((line) => line.includes("uncaught exception"));
    if (crashes.length > 0) breaches.push(`${crashes.length} crashes, the first: ${crashes[0]}`);
    if (Number(judged.counters.DUPM) > kills)
      breaches.push("DUPM: more mails sent twice than there were kills");
    return breaches;

    /** While the clients pause, whatever the queue could not do must be done. */
    async function pause(done: number): Promise<void> {
      traffic.isPaused = true;
      const drained = await untilQueueDrained(office, mostRecoverySeconds);
      traffic.isPaused = false;
      if (drained === null) breaches.push(`RECOVERY: jobs wait ${mostRecoverySeconds} s after kill ${done}`);
      const queue = drained === null ? "queue not empty" : `queue empty after ${drained.toFixed(1)} s`;
      const { length } = traffic.submissions;
      say(`${done} kills, ${length} submissions, ${queue}, ${breaches.length} breaches so far`);
    }

    async function recover(after: string): Promise<void> {
      const from = Date.now();
      while (traffic.newestGood < from) {
        if (Date.now() - from > 2 * mostRecoverySeconds * 1000) break;
        await delay(50);
      }
      const seconds = (Date.now() - from) / 1000;
      recoveries.set(after, [...(recoveries.get(after) ?? []), seconds]);
      if (seconds <= mostRecoverySeconds) return;
      say(`${new Date().toISOString()}: ${seconds.toFixed(1)} s after ${after}`);
      breaches.push(`RECOVERY: ${seconds.toFixed(1)} s after ${after}`);
    }
  } finally {
    await product.stop();
    await office.close();
  }
}

/** Asks again until every client knows the end of what it sent. */
export async function settleUnknown(url: string, traffic: Traffic): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const unknown = traffic.submissions.filter(({ outcome }) => outcome === null);
    if (unknown.length === 0 || Date.now() > deadline) return;
    for (const submission of unknown) await submit(url, submission, traffic);
    await delay(200);
  }
}

function sayRecoveries(recoveries: Map<string, number[]>, say: (line: string) => void): void {
  for (const [after, seconds] of [...recoveries].sort(([left], [right]) => left.localeCompare(right))) {
    const sorted = seconds.toSorted((left, right) => left - right);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
    say(
      `recovery after ${after}: ${sorted.length} times, median ${middle.toFixed(1)} s, longest ${sorted.at(-1)?.toFixed(1)} s`,
    );
  }
}
