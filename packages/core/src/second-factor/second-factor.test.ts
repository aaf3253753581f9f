import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authenticate } from "../auth/authenticate";
import { hashPassword } from "../auth/passwords";
import type { User } from "../auth/schema";
import { signIn } from "../auth/sign-in";
import { askStepUp, stepUp } from "../auth/step-up";
import type { PersonContext } from "../context";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { confirmAuthenticator, removeAuthenticator, startAuthenticator } from "./authenticator";
import { resetSecondFactor } from "./reset-second-factor";
import { getSecondFactorState, renewRecoveryCodes } from "./second-factor-state";
import { verifySecondFactor } from "./verify-second-factor";

const password = "correct horse battery staple";
const source = "203.0.113.7";
let domain: TestDomain;
let user: User;
let secret: string;
let recoveryCodes: string[];

beforeAll(async () => {
  domain = await createTestDomain();
});
beforeEach(async () => {
  await domain.ctx.db.prisma.rateLimit.deleteMany();
  user = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
  const person = domain.asStaff(user);
  ({ secret } = await startAuthenticator(person));
  ({ recoveryCodes } = await confirmAuthenticator(person, { code: codeAt(0) }));
  domain.passSeconds(60);
});
afterAll(() => domain.close());

/** The code this many steps of 30 s from now. */
function codeAt(steps: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({
    timestamp: domain.ctx.now().getTime() + steps * 30_000,
  });
}

async function firstStep(who = user) {
  const outcome = await signIn(domain.ctx, { email: who.email, password, source, tokenDelivery: "body" });
  if (!("secondFactor" in outcome)) throw new Error("No second factor was asked for");
  return outcome.secondFactor;
}

const verify = (token: string, answer: { code?: string; recoveryCode?: string }) =>
  verifySecondFactor(domain.ctx, { token, source, tokenDelivery: "body", ...answer });

const countSessions = () => domain.ctx.db.prisma.session.count({ where: { userId: user.id } });

describe("signing in with a second factor", () => {
  test("the password brings a question and nothing about the person; the code brings the session", async () => {
    const question = await firstStep();
    expect(question).toEqual({
      token: expect.any(String),
      methods: ["authenticator", "recovery-code"],
      expiresIn: 300,
    });
    expect(await countSessions()).toBe(0);
    const { answer } = await verify(question.token, { code: codeAt(0) });
    expect(answer.user).toEqual({ ...user, seesResumes: true });
    expect(await authenticate(domain.ctx, { token: answer.accessToken })).toMatchObject({ user });
  });

  test("a wrong password is refused as ever, without a question", async () => {
    const wrong = { email: user.email, password: "wrong", source, tokenDelivery: "body" } as const;
    await expect(signIn(domain.ctx, wrong)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a code works once, also for two sign-ins at the same time, and never an earlier one after it", async () => {
    const [first, second] = [await firstStep(), await firstStep()];
    const code = codeAt(0);
    const results = await Promise.allSettled([verify(first.token, { code }), verify(second.token, { code })]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const third = await firstStep();
    await expect(verify(third.token, { code: codeAt(-1) })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      errors: [{ path: "code" }],
    });
    await expect(verify(third.token, { code: codeAt(1) })).resolves.toBeDefined();
  });

  test("a clock may be one step off, not two", async () => {
    for (const steps of [-2, 2])
      await expect(verify((await firstStep()).token, { code: codeAt(steps) })).rejects.toMatchObject({
        code: "UNPROCESSABLE_CONTENT",
      });
    await expect(verify((await firstStep()).token, { code: codeAt(1) })).resolves.toBeDefined();
  });

  test("a sign-in of two steps is one try: five wrong codes are let through, then the account waits", async () => {
    for (let round = 0; round < 5; round += 1)
      await expect(verify((await firstStep()).token, { code: codeAt(9) })).rejects.toMatchObject({
        code: "UNPROCESSABLE_CONTENT",
      });
    await expect(firstStep()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  test("the question is good for one sign-in and five minutes", async () => {
    const used = await firstStep();
    await verify(used.token, { code: codeAt(0) });
    domain.passSeconds(60);
    await expect(verify(used.token, { code: codeAt(0) })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const late = await firstStep();
    domain.passSeconds(300);
    await expect(verify(late.token, { code: codeAt(0) })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("five wrong codes end it, also sent all at once, and the account waits", async () => {
    const question = await firstStep();
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => verify(question.token, { code: String(100_000 + index) })),
    );
    expect(tries.every(({ status }) => status === "rejected")).toBe(true);
    const row = await domain.ctx.db.prisma.authChallenge.findFirstOrThrow({ where: { userId: user.id } });
    expect(row.attempts).toBe(5);
    await expect(verify(question.token, { code: codeAt(0) })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    // Whoever knows the password is not told so while the account waits.
    for (const tried of [password, "wrong"])
      await expect(
        signIn(domain.ctx, { email: user.email, password: tried, source, tokenDelivery: "body" }),
      ).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });

  test("a question of another person, or of another purpose, opens nothing", async () => {
    const colleague = await domain.createUser("ADMIN", { passwordHash: await hashPassword(password) });
    const mine = codeAt(0);
    const person = domain.asStaff(colleague);
    const own = secret;
    ({ secret } = await startAuthenticator(person));
    await confirmAuthenticator(person, { code: codeAt(0) });
    secret = own;
    await expect(verify((await firstStep(colleague)).token, { code: mine })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    await domain.ctx.db.prisma.authChallenge.updateMany({ data: { purpose: "STEP_UP" } });
    const question = await firstStep();
    await domain.ctx.db.prisma.authChallenge.updateMany({ data: { purpose: "STEP_UP" } });
    await expect(verify(question.token, { code: mine })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("somebody disabled between the steps stays outside", async () => {
    const question = await firstStep();
    await domain.ctx.db.prisma.user.update({
      where: { id: user.id },
      data: { disabledAt: domain.ctx.now() },
    });
    await expect(verify(question.token, { code: codeAt(0) })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a recovery code works once, written as people write; new ones replace the old", async () => {
    const [first = "", second = ""] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    await verify((await firstStep()).token, { recoveryCode: ` ${first.toUpperCase().replace("-", " ")} ` });
    await expect(verify((await firstStep()).token, { recoveryCode: first })).rejects.toMatchObject({
      errors: [{ path: "recoveryCode" }],
    });
    const renewed = await renewRecoveryCodes(domain.asStaff(user));
    await expect(verify((await firstStep()).token, { recoveryCode: second })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    const stored = await domain.ctx.db.prisma.recoveryCode.findMany({ where: { userId: user.id } });
    expect(JSON.stringify(stored)).not.toContain(renewed.recoveryCodes[0]);
    expect((await getSecondFactorState(domain.asStaff(user))).recoveryCodesLeft).toBe(10);
  });
});

describe("changing factors", () => {
  const secondFactorAt = async () =>
    (await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { id: user.id } })).secondFactorAt;

  test("the flag follows the factors, each change is an event and a mail", async () => {
    expect(await secondFactorAt()).not.toBeNull();
    await removeAuthenticator(domain.asStaff(user));
    expect(await secondFactorAt()).toBeNull();
    expect(await domain.ctx.db.prisma.recoveryCode.count({ where: { userId: user.id } })).toBe(0);
    const events = await domain.ctx.db.prisma.auditEvent.findMany({
      where: { userId: user.id },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ type }) => type)).toEqual(["second_factor.added", "second_factor.removed"]);
    const mails = await domain.ctx.db.prisma.outboxMail.findMany({ where: { userId: user.id } });
    expect(mails.map(({ notice }) => notice)).toEqual(["second-factor.changed", "second-factor.changed"]);
  });

  test("a secret that was not confirmed asks nobody, and the stored one is sealed for its owner", async () => {
    const colleague = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
    const setup = await startAuthenticator(domain.asStaff(colleague));
    await expect(confirmAuthenticator(domain.asStaff(colleague), { code: "000000" })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
    });
    const outcome = await signIn(domain.ctx, {
      ...{ email: colleague.email, password, source },
      tokenDelivery: "body",
    });
    expect(outcome).toHaveProperty("answer");
    const { totpSecret } = await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { id: colleague.id } });
    expect(totpSecret).not.toContain(setup.secret);
    await expect(startAuthenticator(domain.asStaff(user))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("a role that needs a factor keeps its last one; without one it may only set one up", async () => {
    await domain.ctx.db.prisma.officeSettings.upsert({
      where: { id: 1 },
      create: { secondFactorRoles: ["ATTORNEY"], updatedAt: domain.ctx.now() },
      update: { secondFactorRoles: ["ATTORNEY"] },
    });
    await expect(removeAuthenticator(domain.asStaff(user))).rejects.toMatchObject({ code: "CONFLICT" });
    const token = (await verify((await firstStep()).token, { code: codeAt(0) })).answer.accessToken;
    const lacks = async () => (await authenticate(domain.ctx, { token }))?.lacksSecondFactor;
    expect(await lacks()).toBe(false);
    await domain.ctx.db.prisma.user.update({ where: { id: user.id }, data: { secondFactorAt: null } });
    expect(await lacks()).toBe(true);
    await domain.ctx.db.prisma.session.updateMany({ data: { method: "SINGLE_SIGN_ON" } });
    expect(await lacks()).toBe(false);
    await domain.ctx.db.prisma.officeSettings.updateMany({ data: { secondFactorRoles: [] } });
  });

  test("an admin lets a colleague back in, who is told and signed out; not themselves", async () => {
    const admin = domain.asStaff(await domain.createUser("ADMIN"));
    await verify((await firstStep()).token, { code: codeAt(0) });
    await resetSecondFactor(admin, { userId: user.id });
    expect(await secondFactorAt()).toBeNull();
    expect(await countSessions()).toBe(0);
    await expect(resetSecondFactor(admin, { userId: admin.actor.user.id })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("step-up", () => {
  async function session(): Promise<{ token: string; person: PersonContext }> {
    const { answer } = await verify((await firstStep()).token, { code: codeAt(0) });
    const actor = await authenticate(domain.ctx, { token: answer.accessToken });
    if (actor?.type !== "user") throw new Error("Not signed in");
    return { token: answer.accessToken, person: { ...domain.ctx, actor } };
  }

  test("the password makes the session fresh again; a wrong one counts as a failed sign-in", async () => {
    const { person, token } = await session();
    domain.passSeconds(200);
    const provedAt = async () => (await authenticate(domain.ctx, { token }))?.provedAt;
    const before = await provedAt();
    expect(await askStepUp(person)).toEqual({ hasPassword: true, passkey: null });
    await expect(stepUp(person, { password: "wrong", source })).rejects.toMatchObject({
      errors: [{ path: "password" }],
    });
    expect(await provedAt()).toEqual(before);
    await stepUp(person, { password, source });
    expect(await provedAt()).toEqual(domain.ctx.now());
    for (let index = 0; index < 5; index += 1)
      await expect(stepUp(person, { password: "wrong", source })).rejects.toMatchObject({
        code: "UNPROCESSABLE_CONTENT",
      });
    await expect(stepUp(person, { password, source })).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
  });
});
