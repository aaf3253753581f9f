import { expect, test, vi } from "vitest";
import { hashPassword, verifyPassword } from "./passwords";

test("a hash is argon2id with OWASP's parameters and a salt of its own", async () => {
  const [first, second] = [
    await hashPassword("three wise old herons"),
    await hashPassword("three wise old herons"),
  ];
  expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(first).not.toBe(second);
  expect(await verifyPassword(first, "three wise old herons")).toBe(true);
  expect(await verifyPassword(first, "three wise old heron")).toBe(false);
  expect(await verifyPassword(null, "a password nobody has")).toBe(false);
});

test("a hundred sign-ins at once are all answered", async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => verifyPassword(null, "x")));
  expect(answers).toEqual(Array.from({ length: 100 }, () => false));
});

test("who would wait too long is told to come back (security rule 18)", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const storm = Promise.allSettled(Array.from({ length: 200 }, () => verifyPassword(null, "x")));
    vi.advanceTimersByTime(15_000);
    const results = await storm;
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.length).toBeGreaterThan(100);
    for (const { reason } of refused)
      expect(reason).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5 });
    expect(await verifyPassword(null, "x"), "the slots are free again").toBe(false);
  } finally {
    vi.useRealTimers();
  }
});
