import { afterAll, beforeAll, expect, test } from "vitest";
import { hashPassword } from "../auth/passwords";
import type { User } from "../auth/schema";
import { signIn, startSession } from "../auth/sign-in";
import { deliverMail } from "../mail/deliver-mail";
import { updateOfficeSettings } from "../office/office-settings";
import { acceptInvitation } from "../people/accept-invitation";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { changePassword } from "./change-password";
import { requestPasswordReset } from "./request-password-reset";
import { findPasswordReset, resetPassword } from "./reset-password";
import { sendPasswordReset } from "./send-password-reset";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const current = "a quiet harbour in winter";
const fresh = "seven lanterns over marshes";
const source = "203.0.113.7";

async function person(): Promise<User> {
  return domain.createUser("ATTORNEY", { passwordHash: await hashPassword(current) });
}
async function canSignIn(email: string, password: string): Promise<boolean> {
  const input = { email, password, source: "198.51.100.3", tokenDelivery: "body" } as const;
  return signIn(domain.ctx, input).then(
    () => true,
    () => false,
  );
}
async function resetLink(userId: string): Promise<string> {
  await sendPasswordReset(domain.ctx, { userId });
  const { prisma } = domain.ctx.db;
  const where = { userId, kind: "PASSWORD_RESET" } as const;
  const mail = await prisma.outboxMail.findFirstOrThrow({ where, orderBy: { id: "desc" } });
  await deliverMail(domain.ctx, { mailId: mail.id });
  return domain.mailer.accepted.at(-1)?.text.split("#")[1] ?? "no mail";
}
async function noticesOf(userId: string): Promise<(string | null)[]> {
  const where = { userId, kind: "SECURITY_NOTICE" } as const;
  const rows = await domain.ctx.db.prisma.outboxMail.findMany({ where, select: { notice: true } });
  return rows.map(({ notice }) => notice);
}

test("changing the password asks for the current one, ends the other sessions and tells the owner", async () => {
  const user = await person();
  await startSession(domain.ctx, user);
  await startSession(domain.ctx, user);
  const sessions = await domain.ctx.db.prisma.session.findMany({ where: { userId: user.id } });
  const sessionId = sessions[0]?.id ?? "";
  const ctx = domain.asStaff(user, sessionId);
  for (const [input, path] of [
    [{ currentPassword: "not this one", newPassword: fresh }, "currentPassword"],
    [{ currentPassword: current, newPassword: current }, "newPassword"],
    [{ currentPassword: current, newPassword: "qwertyuiop12" }, "newPassword"],
  ] as const) {
    await expect(changePassword(ctx, { ...input, source })).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      errors: [{ path }],
    });
  }
  expect(await canSignIn(user.email, current)).toBe(true);
  await changePassword(ctx, { currentPassword: current, newPassword: fresh, source });
  expect(await canSignIn(user.email, current)).toBe(false);
  expect(await canSignIn(user.email, fresh)).toBe(true);
  const left = await domain.ctx.db.prisma.session.findMany({
    where: { id: { in: sessions.map(({ id }) => id) } },
  });
  expect(left.map(({ id }) => id)).toEqual([sessionId]);
  expect(await noticesOf(user.id)).toEqual(["password.changed"]);
});

test("a thief with an open session cannot guess the current password for long", async () => {
  const ctx = domain.asStaff(await person());
  const guess = () =>
    changePassword(ctx, { currentPassword: "a guess", newPassword: fresh, source: "198.51.100.9" });
  for (let tries = 0; tries < 5; tries += 1)
    await expect(guess()).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(guess()).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
});

test("a reset link works once, within 30 minutes, and ends every session", async () => {
  const user = await person();
  await startSession(domain.ctx, user);
  const old = await resetLink(user.id);
  domain.passSeconds(30 * 60 - 1);
  expect(await findPasswordReset(domain.ctx, { token: old })).not.toBeNull();
  domain.passSeconds(1);
  expect(await findPasswordReset(domain.ctx, { token: old })).toBeNull();
  await expect(resetPassword(domain.ctx, { token: old, password: fresh })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });

  const replaced = await resetLink(user.id);
  const token = await resetLink(user.id);
  expect(await findPasswordReset(domain.ctx, { token: replaced })).toBeNull();
  await expect(resetPassword(domain.ctx, { token, password: "password1234" })).rejects.toMatchObject({
    errors: [{ path: "password" }],
  });
  const asInvitation = { token, password: fresh, name: "X", timeZone: "UTC" };
  await expect(acceptInvitation(domain.ctx, asInvitation)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const results = await Promise.allSettled([
    resetPassword(domain.ctx, { token, password: fresh }),
    resetPassword(domain.ctx, { token, password: fresh }),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await domain.ctx.db.prisma.session.count({ where: { userId: user.id } })).toBe(0);
  expect(await noticesOf(user.id)).toEqual(["password.reset"]);
  expect(await canSignIn(user.email, fresh)).toBe(true);
});

test("asking for a reset answers and does the same for known, unknown and disabled accounts", async () => {
  const known = await person();
  const disabled = await person();
  const { prisma } = domain.ctx.db;
  await prisma.user.update({ where: { id: disabled.id }, data: { disabledAt: domain.ctx.now() } });
  for (const email of [known.email.toUpperCase(), disabled.email, "nobody@calderrowe.example"]) {
    const before = { jobs: domain.jobs.length, events: await prisma.auditEvent.count() };
    expect(await requestPasswordReset(domain.ctx, { email, source })).toBeUndefined();
    expect(domain.jobs.length - before.jobs, email).toBe(1);
    expect((await prisma.auditEvent.count()) - before.events, email).toBe(1);
  }
  const asked = domain.jobs.filter(({ name }) => name === "password.send-reset").slice(-3);
  expect(asked.map(({ data }) => data.userId)).toEqual([known.id, null, null]);
});

test("one account gets at most three mails an hour, without saying so", async () => {
  const user = await person();
  const before = domain.jobs.length;
  for (let tries = 0; tries < 5; tries += 1)
    await requestPasswordReset(domain.ctx, { email: user.email, source: "198.51.100.20" });
  const sent = domain.jobs.slice(before).filter(({ data }) => data.userId === user.id);
  expect(sent).toHaveLength(3);
});

test("somebody deactivated after asking gets no mail, and a link sent before is dead", async () => {
  const user = await person();
  const token = await resetLink(user.id);
  const { prisma } = domain.ctx.db;
  await prisma.user.update({ where: { id: user.id }, data: { disabledAt: domain.ctx.now() } });
  expect(await findPasswordReset(domain.ctx, { token })).toBeNull();
  const mails = await prisma.outboxMail.count({ where: { userId: user.id } });
  await sendPasswordReset(domain.ctx, { userId: user.id });
  expect(await prisma.outboxMail.count({ where: { userId: user.id } })).toBe(mails);
});

test("weaker hashes are made anew at sign-in", async () => {
  const { hash } = await import("@node-rs/argon2");
  const weak = await hash(current, { memoryCost: 8192, timeCost: 1, parallelism: 1 });
  const user = await domain.createUser("INTAKE", { passwordHash: weak });
  expect(await canSignIn(user.email, current)).toBe(true);
  const { passwordHash } = await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { id: user.id } });
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await canSignIn(user.email, current)).toBe(true);
});

test("the office may ask for all character classes", async () => {
  const user = await person();
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  await updateOfficeSettings(admin, { requiresCharacterClasses: true });
  const token = await resetLink(user.id);
  expect(await findPasswordReset(domain.ctx, { token })).toMatchObject({
    rules: { requiresCharacterClasses: true },
  });
  await expect(resetPassword(domain.ctx, { token, password: fresh })).rejects.toMatchObject({
    errors: [{ path: "password" }],
  });
  await resetPassword(domain.ctx, { token, password: "Seven lanterns, 4 marshes" });
  await updateOfficeSettings(admin, { requiresCharacterClasses: false });
});
