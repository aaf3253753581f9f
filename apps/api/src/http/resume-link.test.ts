import type { Role } from "@intake/core/auth/schema";
import { startSession } from "@intake/core/auth/sign-in";
import type { Context } from "@intake/core/context";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { resumeLinkSchema } from "@intake/core/resume-files/schema";
import { readFixture } from "@intake/documents/samples/fixture";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { formParts } from "../testing/multipart";
import { readJson } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
let leadId: string;
let now = Date.now();
beforeAll(async () => {
  app = await startTestApp();
  app.effects.now = () => new Date(now);
  leadId = (await readJson(await app.submit(formParts()), leadReceiptSchema)).id;
});
afterAll(() => app.close());

async function signIn(role: Role) {
  const ctx: Context = { ...app.effects, actor: { type: "prospect" }, requestId: null, source: null };
  const { answer, refreshToken } = await startSession(ctx, await app.createUser(role));
  return { token: answer.accessToken, cookie: `intake_refresh=${refreshToken}`, user: answer.user };
}

const answerSchema = z.object({ result: z.object({ data: resumeLinkSchema }) });
async function linkFor(token: string): Promise<string> {
  const body = { leadId, confirmsUnchecked: true };
  const response = await app.call("POST", "/trpc/resumes.createLink", { token, body });
  return (await readJson(response, answerSchema)).result.data.url;
}

/** As a browser goes there by itself: with its cookies, and no header of ours. */
const go = (url: string, cookie?: string, headers: Record<string, string> = {}) =>
  app.fetch(url, { headers: { ...(cookie ? { Cookie: cookie } : {}), Accept: "text/html", ...headers } });

test("the browser that asked for it gets the original, whole or in part, and it is noted", async () => {
  const { token, cookie, user } = await signIn("INTAKE");
  const url = await linkFor(token);
  const response = await go(url, cookie);
  expect(response.status).toBe(200);
  expect(Buffer.from(await response.arrayBuffer()).equals(readFixture("resume.pdf"))).toBe(true);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "application/pdf",
    "content-disposition": "attachment; filename=\"resume.pdf\"; filename*=UTF-8''resume.pdf",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  });
  expect((await go(url, cookie, { Range: "bytes=0-3" })).status).toBe(206);
  const events = await app.effects.db.prisma.auditEvent.findMany({
    where: { leadId, type: "resume.downloaded", actorId: user.id },
  });
  expect(events.map(({ data }) => data)).toEqual([
    { resumeId: expect.any(String), isUnchecked: true },
    { resumeId: expect.any(String), isUnchecked: true },
  ]);
});

/** What a person reads instead of the file. */
async function readNotice(response: Response, status: number): Promise<string> {
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
  });
  expect(response.headers.get("content-disposition")).toBeNull();
  return response.text();
}

test("anywhere else it opens nothing, in calm words", async () => {
  const { token, cookie } = await signIn("INTAKE");
  const url = await linkFor(token);
  expect(await readNotice(await go(url), 401)).toMatch(/works only where it was made/);
  expect(await readNotice(await go(url, (await signIn("ADMIN")).cookie), 401)).toMatch(
    /for the person|by the person/,
  );
  expect(await readNotice(await go(`${url}x`, cookie), 404)).toMatch(/does not work/);
  expect(await readNotice(await go("/api/resumes/link/%3Cscript%3E", cookie), 404)).not.toMatch(/<script/);
  expect((await app.call("GET", url, { token })).status).toBe(401);
});

test("after a minute it is gone for good (410)", async () => {
  const { token, cookie } = await signIn("INTAKE");
  const url = await linkFor(token);
  now += 60_000;
  expect(await readNotice(await go(url, cookie), 410)).toMatch(/one minute and that is over/);
});

test("signed out, deactivated or of another role, the same browser gets nothing", async () => {
  const left = await signIn("INTAKE");
  const url = await linkFor(left.token);
  await app.call("POST", "/api/auth/logout", { token: left.token });
  await readNotice(await go(url, left.cookie), 401);
  const { token, cookie, user } = await signIn("INTAKE");
  const mine = await linkFor(token);
  const change = (data: { role?: Role; disabledAt?: Date }) =>
    app.effects.db.prisma.user.update({ where: { id: user.id }, data });
  await change({ role: "READ_ONLY" });
  expect(await readNotice(await go(mine, cookie), 403)).toMatch(/Your role cannot open resumes/);
  await change({ role: "INTAKE", disabledAt: new Date() });
  await readNotice(await go(mine, cookie), 401);
});

test("a file that is gone says so and leaves no header of a file behind", async () => {
  const { token, cookie } = await signIn("INTAKE");
  const url = await linkFor(token);
  const { storageKey } = await app.effects.db.prisma.resume.findFirstOrThrow({ where: { leadId } });
  await app.effects.storage.delete(storageKey);
  const words = await readNotice(await go(url, cookie), 404);
  expect(words).toMatch(/missing in storage/);
});
