import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import {
  createFirstAdmin,
  ensureFirstAdmin,
  hasAnyUser,
  isSetupTokenValid,
  issueSetupToken,
} from "./first-admin";
import { signIn } from "./sign-in";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const password = "three wise old herons";
const input = (token: string, overrides: object = {}) => ({
  token,
  name: "Ruth Okafor",
  email: "Ruth@calderrowe.example",
  password,
  ...overrides,
});

test("a set-up link is single use, ends after 72 h, and only the newest works", async () => {
  const { ctx } = domain;
  expect(await hasAnyUser(ctx)).toBe(false);
  const old = await issueSetupToken(ctx);
  const token = await issueSetupToken(ctx);
  expect(await isSetupTokenValid(ctx, old)).toBe(false);
  expect(await isSetupTokenValid(ctx, token)).toBe(true);
  expect(await isSetupTokenValid(ctx, token), "asking changes nothing").toBe(true);

  domain.passSeconds(72 * 60 * 60);
  await expect(createFirstAdmin(ctx, input(token))).rejects.toMatchObject({ code: "NOT_FOUND" });
  const fresh = await issueSetupToken(ctx);
  await expect(createFirstAdmin(ctx, input(fresh, { password: "passwordpassword" }))).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
    errors: [{ path: "password" }],
  });

  const results = await Promise.allSettled([
    createFirstAdmin(ctx, input(fresh)),
    createFirstAdmin(ctx, input(fresh)),
  ]);
  expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await isSetupTokenValid(ctx, fresh)).toBe(false);
  const outcome = await signIn(ctx, {
    email: "ruth@calderrowe.example",
    password,
    source: "::1",
    tokenDelivery: "body",
  });
  expect(outcome).toMatchObject({ answer: { user: { name: "Ruth Okafor", role: "ADMIN" } } });
});

test("the environment's admin is created only while nobody exists", async () => {
  expect(await ensureFirstAdmin(domain.ctx, { email: "other@calderrowe.example", password })).toBe(false);
  expect(await domain.ctx.db.prisma.user.count()).toBe(1);
});

test("with nobody there, the environment's admin is created once and refused when the password is easy", async () => {
  const fresh = await createTestDomain();
  try {
    const email = "Ruth@calderrowe.example";
    for (const weak of ["aaaabbbbaaaabbbb", "my password is long", "ruth and the herons"]) {
      await expect(ensureFirstAdmin(fresh.ctx, { email, password: weak })).rejects.toMatchObject({
        errors: [{ path: "password" }],
      });
    }
    const link = await issueSetupToken(fresh.ctx);
    expect(await ensureFirstAdmin(fresh.ctx, { email, password })).toBe(true);
    expect(await fresh.ctx.db.prisma.user.findMany()).toMatchObject([
      { email: "ruth@calderrowe.example", role: "ADMIN" },
    ]);
    // A link that was printed before cannot make a second one, and says why.
    await expect(createFirstAdmin(fresh.ctx, input(link))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await fresh.ctx.db.prisma.user.count()).toBe(1);
  } finally {
    await fresh.close();
  }
});
