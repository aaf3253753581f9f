import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { judge, untilDrained, untilQueueDrained } from "./judge";
import { findPort, type Office, openOffice } from "./office";
import { countDescriptors, type Product, type ProductInput, startProduct } from "./product";
import { seededRandom } from "./random";
import type { ScenarioInput } from "./scenario";
import { newSubmission, newTraffic, submit } from "./traffic";

/** Health must be answered within this, whatever is going on (security.md, part 3). */
const mostHealthMilliseconds = 1_000;
const mostRecoverySeconds = 30;

/** An office with a running product for one attack, and what the attack asks of it. */
export interface Attacked {
  office: Office;
  product: Product;
  /** Notes a promise that was broken unless it held. */
  check(isKept: boolean, words: string): void;
  /** Sends one submission more; resolves to the status answered, or 0 where none came. */
  submitOne(): Promise<number>;
  /** Whether health is answered in time. */
  checkHealth(when: string): Promise<void>;
  /** Tries until a submission is taken and what the queue has to do is done. */
  checkRecovery(when: string): Promise<void>;
  say(line: string): void;
}

interface AttackInput extends ScenarioInput {
  product?: Pick<ProductInput, "wrapper" | "flags" | "output"> & { environment?: Record<string, string> };
  office?: Pick<Parameters<typeof openOffice>[0], "places" | "hasNames">;
}

/** Opens the office, plays the attack, and afterwards counts what became of every submission. */
export async function underAttack(
  input: AttackInput,
  attack: (attacked: Attacked) => Promise<void>,
): Promise<string[]> {
  const { directory, say } = input;
  const office = await openOffice({ directory, say, isOnDisk: true, ...input.office });
  const product = startProduct({
    ...{ port: await findPort(), logFile: join(directory, "product.log"), ...input.product },
    environment: { ...office.environment, ...input.product?.environment },
  });
  const breaches: string[] = [];
  const seen = newTraffic();
  const random = seededRandom(1);
  const check = (isKept: boolean, words: string) => {
    if (!isKept) breaches.push(words);
  };
  async function submitOne(): Promise<number> {
    const submission = { ...newSubmission(random, seen.submissions.length), isValid: true };
    submission.email = `visitor-${seen.submissions.length}@example.org`;
    seen.submissions.push(submission);
    const before = new Map(seen.answers);
    await submit(product.url, submission, seen);
    const [what] = [...seen.answers].find(([key, times]) => before.get(key) !== times) ?? [];
    return Number(what?.split(" ")[1]) || 0;
  }
  try {
    await product.untilReady(120);
    check((await submitOne()) === 201, "a submission before the attack was not taken");
    await delay(1_000);
    const descriptors = await countDescriptors(product.pid());
    await attack({
      ...{ office, product, check, submitOne, say },
      async checkHealth(when) {
        const begun = performance.now();
        const answer = await fetch(`${product.url}/livez`, { signal: AbortSignal.timeout(10_000) }).catch(
          () => null,
        );
        await answer?.text();
        const took = performance.now() - begun;
        say(`health ${when}: ${answer?.status ?? "no answer"} after ${took.toFixed(0)} ms`);
        check(
          answer?.status === 200 && took < mostHealthMilliseconds,
          `health ${when}: ${took.toFixed(0)} ms`,
        );
      },
      async checkRecovery(when) {
        const begun = Date.now();
        while ((await submitOne()) !== 201 && Date.now() - begun < 2 * mostRecoverySeconds * 1000)
          await delay(250);
        const seconds = (Date.now() - begun) / 1000;
        say(`a submission is taken again ${seconds.toFixed(1)} s ${when}`);
        check(seconds <= mostRecoverySeconds, `RECOVERY: ${seconds.toFixed(1)} s ${when}`);
        const drained = await untilQueueDrained(office, mostRecoverySeconds - seconds);
        say(`its queue is empty ${drained === null ? "too late" : `${drained.toFixed(1)} s`} after that`);
        check(drained !== null, `RECOVERY: jobs still wait ${mostRecoverySeconds} s ${when}`);
      },
    });
    for (const submission of seen.submissions)
      if (submission.outcome === null) await submit(product.url, submission, seen);
    const drained = await untilDrained(office, { mostSeconds: 15 * 60, hasDigests: false, say });
    check(drained !== null, "MISS: mails or files still wait after a quarter of an hour");
    let after = Number.POSITIVE_INFINITY;
    // Our own clients' connections are kept for a minute.
    for (let looks = 0; looks < 75 && after > descriptors + 30; looks += 1) {
      await delay(1_000);
      after = await countDescriptors(product.pid()).catch(() => 0);
    }
    check(after <= descriptors + 30, `LEAK: ${after} descriptors, ${descriptors} before`);
    const { counters, breaches: broken } = await judge(office, seen);
    breaches.push(...broken);
    say(`${counters.answers}; descriptors ${descriptors} before, ${after} after`);
    return breaches;
  } finally {
    await product.stop();
    await office.close();
  }
}

/** So many connections at once, from one address of this machine where it matters; those that were not let in are not in the answer. */
export async function openConnections(url: string, count: number, localAddress?: string): Promise<Socket[]> {
  const { port } = new URL(url);
  const opened = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<Socket | null>((resolve) => {
          const socket = connect({
            port: Number(port),
            host: "127.0.0.1",
            ...(localAddress && { localAddress }),
          });
          socket.on("error", () => resolve(null)).once("connect", () => resolve(socket));
          socket.resume();
        }),
    ),
  );
  return opened.filter((socket) => socket !== null);
}

/** Resolves once the other side has closed all of them, or the time is over; to the number still open. */
export async function untilClosed(sockets: Socket[], mostSeconds: number): Promise<number> {
  const deadline = Date.now() + mostSeconds * 1000;
  const stillOpen = () => sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length;
  while (stillOpen() > 0 && Date.now() < deadline) await delay(250);
  const left = stillOpen();
  for (const socket of sockets) socket.destroy();
  return left;
}
