import { expect, test } from "vitest";
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

test("a storm is shed: some wait their turn, the rest are told to come back (security rule 18)", async () => {
  const results = await Promise.allSettled(Array.from({ length: 90 }, () => verifyPassword(null, "x")));
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  expect(results.length - refused.length).toBeGreaterThanOrEqual(60);
  for (const { reason } of refused)
    expect(reason).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5 });
  expect(await verifyPassword(null, "x")).toBe(false);
});
