import { createTestDatabase, type TestDatabase } from "@intake/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createThrottles } from "./throttles";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const outcomes = async (calls: (() => Promise<void>)[]) => {
  const results = await Promise.allSettled(calls.map((call) => call()));
  return results.filter((result) => result.status === "fulfilled").length;
};

describe("throttles", () => {
  test.each([
    ["refreshes of a session", "refresh", 30],
    ["submissions of a source", "submit", 60],
  ] as const)("%s are limited together over two instances", async (_name, kind, limit) => {
    const instances = [createThrottles({ db, isOn: true }), createThrottles({ db, isOn: true })];
    const calls = Array.from(
      { length: limit + 10 },
      (_, index) => async () => instances[index % 2]?.[kind].admit("one"),
    );
    expect(await outcomes(calls)).toBe(limit);
    await expect(instances[0]?.[kind].admit("one")).rejects.toMatchObject({
      code: "TOO_MANY_REQUESTS",
      retryAfterSeconds: expect.any(Number),
      message: expect.stringMatching(/Try again in \d+ seconds\.$/),
    });
    await expect(instances[1]?.[kind].admit("another")).resolves.toBeUndefined();
  });

  test("the wait of an account grows to a quarter of an hour and is said in minutes", async () => {
    const { signIn } = createThrottles({ db, isOn: true });
    const who = { source: "203.0.113.9", account: "ana@calderrowe.example" };
    for (let index = 0; index < 12; index += 1) await signIn.recordFailure(who);
    await expect(signIn.admit(who)).rejects.toMatchObject({
      retryAfterSeconds: 15 * 60,
      message: expect.stringContaining("15 minutes"),
    });
  });

  test("who and where from are kept only as hashes", async () => {
    const { rows } = await db.pool.query("SELECT key FROM rate_limits");
    expect(rows.length).toBeGreaterThan(3);
    expect(JSON.stringify(rows)).not.toMatch(/203\.0\.113|calderrowe|one"/);
  });

  test("switched off, nothing is counted", async () => {
    const off = createThrottles({ db, isOn: false });
    const who = { source: "198.51.100.1", account: "off@calderrowe.example" };
    for (let index = 0; index < 40; index += 1) await off.signIn.recordFailure(who);
    await expect(off.signIn.admit(who)).resolves.toBeUndefined();
    expect(await outcomes(Array.from({ length: 200 }, () => () => off.submit.admit("one")))).toBe(200);
  });
});
