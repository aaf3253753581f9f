import { createAppTestDatabase, type TestDatabase } from "@intake/db/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createThrottles } from "./throttles";

let db: TestDatabase;
beforeAll(async () => {
  db = await createAppTestDatabase();
});
afterAll(() => db.drop());

const outcomes = async (calls: (() => Promise<unknown>)[]) => {
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

  const endWaits = () =>
    db.pool.query("UPDATE rate_limits SET expire = expire - 1000000 WHERE key LIKE 'sign-in-wait%'");

  test("the wait of an account grows to a quarter of an hour and is said in minutes", async () => {
    const { signIn } = createThrottles({ db, isOn: true });
    const who = { source: "203.0.113.9", account: "ana@calderrowe.example" };
    const waits: number[] = [];
    for (let index = 0; index < 12; index += 1) {
      await signIn.admit(who);
      if (index < 4) continue;
      const refusal = await signIn.admit(who).then(
        () => undefined,
        (error: { retryAfterSeconds: number }) => error,
      );
      waits.push(refusal?.retryAfterSeconds ?? 0);
      await endWaits();
    }
    expect(waits).toEqual(
      [30, 60, 120, 240, 480, 900, 900, 900].map((seconds) => expect.closeTo(seconds, -1)),
    );
  });

  test("a hundred tries at once are five, and success forgets them", async () => {
    const instances = [createThrottles({ db, isOn: true }), createThrottles({ db, isOn: true })];
    const who = { source: "203.0.113.10", account: "burst@calderrowe.example" };
    const calls = Array.from(
      { length: 100 },
      (_, index) => async () => instances[index % 2]?.signIn.admit(who),
    );
    expect(await outcomes(calls)).toBe(5);
    await instances[0]?.signIn.recordSuccess(who);
    expect(await outcomes(calls.slice(0, 4))).toBe(4);
  });

  test("a try given back neither counts nor leaves its wait, and takes nothing of the others'", async () => {
    const { signIn } = createThrottles({ db, isOn: true });
    const who = { source: "203.0.113.12", account: "two-steps@calderrowe.example" };
    const step = async () => (await signIn.admit(who)).giveBack();
    for (let index = 0; index < 20; index += 1) await step();
    // Each password is followed by a wrong code: five codes, as it is five passwords elsewhere.
    for (let index = 0; index < 5; index += 1) {
      await step();
      await signIn.admit(who);
    }
    await expect(signIn.admit(who)).rejects.toMatchObject({ retryAfterSeconds: expect.closeTo(30, -1) });
    await endWaits();
    await step();
    await signIn.admit(who);
    await expect(signIn.admit(who)).rejects.toMatchObject({ retryAfterSeconds: expect.closeTo(60, -1) });
  });

  test("one person who keeps failing does not lock out the office behind the same address", async () => {
    const { signIn } = createThrottles({ db, isOn: true });
    const source = "203.0.113.11";
    let failures = 0;
    // Without pause for five minutes: the waits of 30, 60 and 120 s end within them.
    for (let index = 0; index < 200; index += 1) {
      await signIn.admit({ source, account: "forgetful@calderrowe.example" }).then(
        async () => {
          failures += 1;
          await signIn.recordFailure({ source, account: "forgetful@calderrowe.example" });
        },
        () => undefined,
      );
      if (index % 60 === 59) await endWaits();
    }
    expect(failures).toBe(8);
    await expect(signIn.admit({ source, account: "colleague@calderrowe.example" })).resolves.toBeDefined();
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
    await expect(off.signIn.admit(who)).resolves.toBeDefined();
    expect(await outcomes(Array.from({ length: 200 }, () => () => off.submit.admit("one")))).toBe(200);
  });
});
