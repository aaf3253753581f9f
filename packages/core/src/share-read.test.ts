import { expect, test } from "vitest";
import { shareRead } from "./share-read";

/** A read whose runs end one by one, when the test says so. */
function createRead() {
  const runs: { end(): void; fail(): void }[] = [];
  const db = { pool: {} } as unknown as Parameters<typeof shareRead>[0];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      const number = runs.length + 1;
      runs.push({ end: () => resolve(number), fail: () => reject(new Error(`run ${number}`)) });
    });
  return { runs, ask: (key = "a") => shareRead(db, key, read) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test("whoever asks while a read runs shares the next one", async () => {
  const { runs, ask } = createRead();
  const first = ask();
  const [second, third] = [ask(), ask()];
  expect(runs).toHaveLength(1);
  runs[0]?.end();
  expect(await first).toBe(1);
  await settle();
  expect(runs).toHaveLength(2);
  // This one came while the second run went on.
  const fourth = ask();
  runs[1]?.end();
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  await settle();
  runs[2]?.end();
  expect(await fourth).toBe(3);
  await settle();
  expect(runs).toHaveLength(3);
});

test("another question does not wait", () => {
  const { runs, ask } = createRead();
  void ask("a");
  void ask("b");
  expect(runs).toHaveLength(2);
});

test("a read that fails is told to those who asked for it, the next run goes on", async () => {
  const { runs, ask } = createRead();
  const first = ask();
  const second = ask();
  runs[0]?.fail();
  await expect(first).rejects.toThrow("run 1");
  await settle();
  runs[1]?.end();
  expect(await second).toBe(2);
  const third = ask();
  expect(runs).toHaveLength(3);
  runs[2]?.end();
  expect(await third).toBe(3);
});
