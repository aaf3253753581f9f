import { describe, expect, test } from "vitest";
import { giveWay } from "./give-way";

/** Keeps the event loop busy, with a breath every 20 ms, until it is told to stop. */
function keepBusy(): () => void {
  let isStopped = false;
  const work = () => {
    const end = performance.now() + 20;
    while (performance.now() < end);
    if (!isStopped) setImmediate(work);
  };
  work();
  return () => {
    isStopped = true;
  };
}

async function secondsOf(work: Promise<void>): Promise<number> {
  const begin = performance.now();
  await work;
  return (performance.now() - begin) / 1000;
}

describe("giveWay", () => {
  test("lets work start at once when nothing else is going on", async () => {
    expect(await secondsOf(giveWay(10))).toBeLessThan(5);
  });

  test("waits while requests keep the process busy, but not for ever", async () => {
    const stop = keepBusy();
    try {
      expect(await secondsOf(giveWay(1))).toBeGreaterThanOrEqual(1);
    } finally {
      stop();
    }
  });

  test("goes on as soon as there is room again", async () => {
    const stop = keepBusy();
    const waiting = secondsOf(giveWay(60));
    setTimeout(stop, 400);
    expect(await waiting).toBeLessThan(30);
  });
});
