import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { refreshSession } from "../auth/refresh-session";
import type { Role } from "../auth/schema";
import { startSession } from "../auth/sign-in";
import type { PersonContext } from "../context";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { createLink } from "./create-link";
import { downloadResume, findDownload } from "./download-resume";
import { followLink, LinkOverError } from "./follow-link";

let domain: TestDomain;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());
beforeEach(async () => {
  leadId = (await submitLead(domain.ctx, await submission({ content: "%PDF-1.7 mine %%EOF" }))).receipt.id;
});

async function signIn(role: Role): Promise<{ staff: PersonContext; refreshToken: string }> {
  const user = await domain.createUser(role);
  const { refreshToken } = await startSession(domain.ctx, user);
  return { staff: domain.asStaff(user, refreshToken.split(".")[0]), refreshToken };
}

async function linkOf(staff: PersonContext): Promise<string> {
  const { url } = await createLink(staff, { leadId, confirmsUnchecked: true });
  return url.replace("/api/resumes/link/", "");
}

const follow = (token: string, refreshToken: string | null) =>
  followLink(domain.ctx, { token, refreshToken });
const scanned = (scanState: "CLEAN" | "PENDING" | "INFECTED" | "UNSCANNABLE") =>
  domain.ctx.db.prisma.resume.updateMany({ where: { leadId }, data: { scanState } });

test("the browser that asked gets the bytes, and the event says that nobody had checked them", async () => {
  const { staff, refreshToken } = await signIn("ATTORNEY");
  const link = await createLink(staff, { leadId, confirmsUnchecked: true });
  expect(link.expiresAt).toBe(new Date(domain.ctx.now().getTime() + 60_000).toISOString());
  const { staff: follower, file } = await follow(link.url.replace("/api/resumes/link/", ""), refreshToken);
  expect(follower.actor).toMatchObject({ type: "user", user: { id: staff.actor.user.id } });
  expect(await text(await downloadResume(follower, file))).toBe("%PDF-1.7 mine %%EOF");
  expect(await text(await downloadResume(follower, file, { start: 9, end: 12 }))).toBe("mine");
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { leadId, type: "resume.downloaded" },
  });
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    actorId: staff.actor.user.id,
    data: { resumeId: file.id, isUnchecked: true },
  });
});

test("nobody gets a file that no scanner has looked at without saying that they know", async () => {
  const { staff } = await signIn("ATTORNEY");
  await expect(createLink(staff, { leadId })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
    errors: [{ path: "confirmsUnchecked", message: expect.stringMatching(/No virus scanner/) }],
  });
  await scanned("CLEAN");
  expect((await createLink(staff, { leadId })).url).toMatch(/^\/api\/resumes\/link\/[\w.-]+$/);
});

test("a link lasts a minute, to the second", async () => {
  const { staff, refreshToken } = await signIn("ATTORNEY");
  const token = await linkOf(staff);
  domain.passSeconds(59);
  expect((await follow(token, refreshToken)).file.leadId).toBe(leadId);
  domain.passSeconds(1);
  await expect(follow(token, refreshToken)).rejects.toBeInstanceOf(LinkOverError);
});

test("copied to where nobody or somebody else is signed in, or changed, it opens nothing", async () => {
  const { staff, refreshToken } = await signIn("ATTORNEY");
  const token = await linkOf(staff);
  const other = await signIn("ADMIN");
  for (const cookie of [null, "", "nonsense", other.refreshToken, `${refreshToken.slice(0, -1)}_`])
    await expect(follow(token, cookie)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  const [body = "", mac = ""] = token.split(".");
  const forged = Buffer.from(Buffer.from(body, "base64url").toString().replace("true", "false")).toString(
    "base64url",
  );
  for (const changed of ["", "x", `${forged}.${mac}`, `${body}.`, `${body}.${mac}x`, body])
    await expect(follow(changed, refreshToken)).rejects.toMatchObject({
      code: "NOT_FOUND",
      message: expect.stringMatching(/does not work/),
    });
});

test("a cookie that was exchanged counts for the seconds that two tabs need, a spent one never", async () => {
  const { staff, refreshToken } = await signIn("ATTORNEY");
  const token = await linkOf(staff);
  const child = (await refreshSession(domain.ctx, { refreshToken })).refreshToken;
  expect((await follow(token, refreshToken)).file.leadId).toBe(leadId);
  expect((await follow(token, child)).file.leadId).toBe(leadId);
  domain.passSeconds(11);
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  const grandchild = (await refreshSession(domain.ctx, { refreshToken: child })).refreshToken;
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  // Asking did not spend it, and was no theft either: the session goes on.
  expect((await follow(token, grandchild)).file.leadId).toBe(leadId);
});

test("rights and state count as they are when the link is followed", async () => {
  const { staff, refreshToken } = await signIn("ATTORNEY");
  const token = await linkOf(staff);
  const person = (data: { role?: Role; disabledAt?: Date | null }) =>
    domain.ctx.db.prisma.user.update({ where: { id: staff.actor.user.id }, data });
  await person({ role: "READ_ONLY" });
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await domain.ctx.db.prisma.officeSettings.update({ where: { id: 1 }, data: { readOnlySeesResumes: true } });
  expect((await follow(token, refreshToken)).staff.actor.user).toMatchObject({
    role: "READ_ONLY",
    seesResumes: true,
  });
  await domain.ctx.db.prisma.officeSettings.update({
    where: { id: 1 },
    data: { readOnlySeesResumes: false },
  });
  await person({ role: "ATTORNEY" });
  await scanned("INFECTED");
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await scanned("CLEAN");
  await person({ disabledAt: new Date() });
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await person({ disabledAt: null });
  await domain.ctx.db.prisma.session.deleteMany({ where: { userId: staff.actor.user.id } });
  await expect(follow(token, refreshToken)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});

test("READ_ONLY and unsafe states get no download, and a missing object says so", async () => {
  const staff = domain.asStaff(await domain.createUser("ATTORNEY"));
  const reader = domain.asStaff(await domain.createUser("READ_ONLY"));
  await expect(findDownload(reader, { leadId })).rejects.toMatchObject({ code: "FORBIDDEN" });
  for (const [scanState, code] of [
    ["PENDING", "CONFLICT"],
    ["INFECTED", "FORBIDDEN"],
    ["UNSCANNABLE", "FORBIDDEN"],
  ] as const) {
    await scanned(scanState);
    await expect(findDownload(staff, { leadId })).rejects.toMatchObject({ code });
  }
  await scanned("CLEAN");
  const file = await findDownload(staff, { leadId });
  domain.storage.objects.clear();
  await expect(downloadResume(staff, file)).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await domain.ctx.db.prisma.auditEvent.count({ where: { leadId, type: "resume.downloaded" } })).toBe(
    0,
  );
});
