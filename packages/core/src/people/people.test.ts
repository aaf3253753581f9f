import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { oneTimeToken } from "../auth/one-time-token";
import type { Role, User } from "../auth/schema";
import { startSession } from "../auth/sign-in";
import { deliverMail } from "../mail/deliver-mail";
import { findTeamAddresses } from "../mail/mail-inserts";
import { resetPassword } from "../passwords/reset-password";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { acceptInvitation, findInvitation } from "./accept-invitation";
import { changeInvitationRole } from "./change-invitation-role";
import { changeRole } from "./change-role";
import { deactivatePerson, reactivatePerson } from "./deactivate-person";
import { endAllSessions, endSessionsOf } from "./end-sessions";
import { invitePerson, resendInvitation, revokeInvitation } from "./invite-person";
import { listPeople } from "./list-people";
import { addNotifyAddress, removeNotifyAddress } from "./notify-address";
import { getProfile, updateProfile } from "./profile";
import { acceptInvitationSchema, updateProfileSchema } from "./schema";

let domain: TestDomain;
let admin: User;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(async () => {
  await domain.ctx.db.prisma.user.updateMany({ data: { disabledAt: domain.ctx.now() } });
  admin = await domain.createUser("ADMIN");
});

const asAdmin = () => domain.asStaff(admin);
let lastNumber = 0;
async function invite(role: Role = "INTAKE") {
  lastNumber += 1;
  const email = `Zoltan.${lastNumber}@calderrowe.example`;
  const { id } = await invitePerson(asAdmin(), { email, role });
  return { id, email: email.toLowerCase() };
}
async function linkOf(invitationId: string): Promise<string> {
  const mail = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({
    where: { invitationId },
    orderBy: { id: "desc" },
  });
  await deliverMail(domain.ctx, { mailId: mail.id });
  return domain.mailer.accepted.find(({ id }) => id === mail.id)?.text.split("#")[1] ?? "no mail";
}
const answer = (token: string) => ({
  ...{ token, name: "Zoltán Nagy", timeZone: "Europe/Budapest", password: "three wise old herons" },
});
const eventsOf = async (type: string) => domain.ctx.db.prisma.auditEvent.findMany({ where: { type } });

describe("invitations", () => {
  test("an invited person accepts once, with the address and role of the invitation", async () => {
    const { id, email } = await invite("ATTORNEY");
    const token = await linkOf(id);
    const { mail } = { mail: domain.mailer.accepted.at(-1) };
    expect(mail?.to).toBe(email);
    expect(await domain.ctx.db.prisma.outboxMail.count({ where: { lastError: { contains: token } } })).toBe(
      0,
    );

    // What a mail scanner does: it looks, twice.
    expect(await findInvitation(domain.ctx, { token })).toMatchObject({ email, role: "ATTORNEY" });
    expect(await findInvitation(domain.ctx, { token })).not.toBeNull();
    const results = await Promise.allSettled([
      acceptInvitation(domain.ctx, answer(token)),
      acceptInvitation(domain.ctx, answer(token)),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const user = await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { email } });
    expect(user).toMatchObject({ role: "ATTORNEY", name: "Zoltán Nagy", timeZone: "Europe/Budapest" });
    expect(await findInvitation(domain.ctx, { token })).toBeNull();
    await expect(acceptInvitation(domain.ctx, answer(token))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await eventsOf("invitation.accepted")).at(-1)).toMatchObject({
      userId: user.id,
      data: { invitationId: id, role: "ATTORNEY" },
    });
  });

  test("a link ends after 72 hours; sending again kills the old one and gives another 72", async () => {
    const { id } = await invite();
    const old = await linkOf(id);
    domain.passSeconds(72 * 60 * 60 - 1);
    expect(await findInvitation(domain.ctx, { token: old })).not.toBeNull();
    domain.passSeconds(1);
    await expect(acceptInvitation(domain.ctx, answer(old))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const listed = (await listPeople(domain.ctx)).invitations.find((each) => each.id === id);
    expect(listed).toMatchObject({ isExpired: true, invitedBy: admin.name });

    await resendInvitation(asAdmin(), { invitationId: id });
    const fresh = await linkOf(id);
    expect(fresh).not.toBe(old);
    expect(await findInvitation(domain.ctx, { token: old })).toBeNull();
    expect(await findInvitation(domain.ctx, { token: fresh })).not.toBeNull();
  });

  test("a revoked invitation opens nothing, and its mail is not sent any more", async () => {
    const { id } = await invite();
    const mail = await domain.ctx.db.prisma.outboxMail.findFirstOrThrow({ where: { invitationId: id } });
    await revokeInvitation(asAdmin(), { invitationId: id });
    await deliverMail(domain.ctx, { mailId: mail.id });
    expect(domain.mailer.accepted.map((each) => each.id)).not.toContain(mail.id);
    const token = oneTimeToken(domain.ctx, mail.tokenId ?? "");
    expect(await findInvitation(domain.ctx, { token })).toBeNull();
    await expect(acceptInvitation(domain.ctx, answer(token))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(resendInvitation(asAdmin(), { invitationId: id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("an open invitation gets another role, told once; its link stays good and brings the new role", async () => {
    const { id, email } = await invite("ADMIN");
    const token = await linkOf(id);
    await changeInvitationRole(asAdmin(), { invitationId: id, role: "READ_ONLY" });
    await changeInvitationRole(asAdmin(), { invitationId: id, role: "READ_ONLY" });
    const told = (await eventsOf("invitation.role_changed")).map(({ data }) => data);
    expect(told).toEqual([{ invitationId: id, from: "ADMIN", to: "READ_ONLY" }]);
    await acceptInvitation(domain.ctx, answer(token));
    expect(await domain.ctx.db.prisma.user.findUniqueOrThrow({ where: { email } })).toMatchObject({
      role: "READ_ONLY",
    });
    await expect(changeInvitationRole(asAdmin(), { invitationId: id, role: "ADMIN" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("nobody is invited twice, whatever the letters' case, also not at the same moment", async () => {
    const email = "Twice@calderrowe.example";
    const results = await Promise.allSettled([
      invitePerson(asAdmin(), { email, role: "INTAKE" }),
      invitePerson(asAdmin(), { email: email.toUpperCase(), role: "INTAKE" }),
    ]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(invitePerson(asAdmin(), { email: admin.email, role: "ADMIN" })).rejects.toMatchObject({
      code: "CONFLICT",
      errors: [{ path: "email" }],
    });
  });

  test("a link for one purpose is refused for another", async () => {
    const token = await linkOf((await invite()).id);
    await expect(
      resetPassword(domain.ctx, { token, password: "three wise old herons" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findInvitation(domain.ctx, { token })).not.toBeNull();
  });

  test("a weak password does not spend the link", async () => {
    const token = await linkOf((await invite()).id);
    const weak = { ...answer(token), password: "calderrowe2026" };
    await expect(acceptInvitation(domain.ctx, weak)).rejects.toMatchObject({
      code: "UNPROCESSABLE_CONTENT",
      errors: [{ path: "password" }],
    });
    expect(await findInvitation(domain.ctx, { token })).not.toBeNull();
  });

  test("fields that are not asked for are refused", () => {
    const sneaky = { ...answer("x"), role: "ADMIN" };
    expect(acceptInvitationSchema.safeParse(sneaky).success).toBe(false);
    expect(updateProfileSchema.safeParse({ role: "ADMIN" }).success).toBe(false);
    expect(updateProfileSchema.safeParse({ timeZone: "Mars/Olympus" }).success).toBe(false);
    expect(updateProfileSchema.safeParse({ timeZone: "+02:00" }).success).toBe(false);
  });
});

describe("roles and access", () => {
  test("admins end the sessions of one person, or of everybody, at once", async () => {
    const [one, other] = [await domain.createUser("INTAKE"), await domain.createUser("ATTORNEY")];
    for (const person of [one, one, other]) await startSession(domain.ctx, person);
    const sessionsOf = (userId: string) => domain.ctx.db.prisma.session.count({ where: { userId } });
    expect(await endSessionsOf(asAdmin(), { userId: one.id })).toEqual({ ended: 2 });
    expect([await sessionsOf(one.id), await sessionsOf(other.id)]).toEqual([0, 1]);
    await expect(endSessionsOf(asAdmin(), { userId: uuidv7() })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await endAllSessions(asAdmin())).ended).toBeGreaterThan(0);
    expect(await domain.ctx.db.prisma.session.count()).toBe(0);
  });

  test("the last active admin is neither demoted nor deactivated", async () => {
    for (const act of [
      () => changeRole(asAdmin(), { userId: admin.id, role: "ATTORNEY" }),
      () => deactivatePerson(asAdmin(), { userId: admin.id }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "CONFLICT" });
    }
    expect((await listPeople(domain.ctx)).people.find(({ id }) => id === admin.id)?.isLastAdmin).toBe(true);
  });

  test.each([
    ["demote each other", "demote"],
    ["deactivate each other", "deactivate"],
  ])("of two admins who %s at the same moment one stays", async (_, act) => {
    for (let round = 0; round < 5; round += 1) {
      await domain.ctx.db.prisma.user.updateMany({ data: { disabledAt: domain.ctx.now() } });
      const [one, two] = [await domain.createUser("ADMIN"), await domain.createUser("ADMIN")];
      const remove = (by: User, userId: string) =>
        act === "demote"
          ? changeRole(domain.asStaff(by), { userId, role: "READ_ONLY" })
          : deactivatePerson(domain.asStaff(by), { userId });
      const results = await Promise.allSettled([remove(one, two.id), remove(two, one.id)]);
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const left = { role: "ADMIN", disabledAt: null } as const;
      expect(await domain.ctx.db.prisma.user.count({ where: left })).toBe(1);
    }
  });

  test("a role change is told with both roles, and only when it changes something", async () => {
    const person = await domain.createUser("INTAKE");
    await changeRole(asAdmin(), { userId: person.id, role: "ATTORNEY" });
    await changeRole(asAdmin(), { userId: person.id, role: "ATTORNEY" });
    const events = (await eventsOf("user.role_changed")).filter(({ userId }) => userId === person.id);
    expect(events).toMatchObject([{ actorId: admin.id, data: { from: "INTAKE", to: "ATTORNEY" } }]);
  });

  test("deactivating ends sessions, keys and links at once; reactivating brings none of them back", async () => {
    const { prisma } = domain.ctx.db;
    const person = await domain.createUser("ATTORNEY");
    await startSession(domain.ctx, person);
    const at = domain.ctx.now();
    await prisma.apiKey.create({
      data: {
        ...{ id: person.id, userId: person.id, name: "Zapier", role: "READ_ONLY" },
        ...{ secretHash: person.id.padEnd(64, "0"), createdAt: at },
      },
    });
    await deactivatePerson(asAdmin(), { userId: person.id });
    await reactivatePerson(asAdmin(), { userId: person.id });
    expect(await prisma.session.count({ where: { userId: person.id } })).toBe(0);
    expect(await prisma.apiKey.count({ where: { userId: person.id, revokedAt: null } })).toBe(0);
    const types = await prisma.auditEvent.findMany({
      where: { userId: person.id, type: { startsWith: "user." } },
      orderBy: { id: "asc" },
      select: { type: true },
    });
    expect(types.map(({ type }) => type)).toEqual(["user.deactivated", "user.reactivated"]);
  });
});

test("people change their own profile, and the event names the fields but not what they hold", async () => {
  const person = await domain.createUser("INTAKE");
  const ctx = domain.asStaff(person);
  await updateProfile(ctx, { name: "Hélène Bézier", appearance: "DARK", wantsLeadMail: false });
  expect(await getProfile(ctx)).toMatchObject({
    ...{ name: "Hélène Bézier", appearance: "DARK", wantsLeadMail: false },
    ...{ role: "INTAKE", hasPassword: false },
  });
  const event = (await eventsOf("user.profile_changed")).find(({ userId }) => userId === person.id);
  expect(event?.data).toEqual({ fields: "appearance name wantsLeadMail" });
});

test("new leads are told to those who want it and to notify-only addresses", async () => {
  const quiet = await domain.createUser("INTAKE");
  await updateProfile(domain.asStaff(quiet), { wantsLeadMail: false });
  const { id, email } = await addNotifyAddress(asAdmin(), { email: "Front-desk@calderrowe.example" });
  const ctx = { ...domain.ctx, settings: { ...domain.ctx.settings, leadNotify: null } };
  expect((await findTeamAddresses(ctx)).sort()).toEqual([admin.email, email].sort());
  await expect(addNotifyAddress(asAdmin(), { email })).rejects.toMatchObject({ code: "CONFLICT" });
  await removeNotifyAddress(asAdmin(), { id });
  expect(await findTeamAddresses(ctx)).toEqual([admin.email]);
});
