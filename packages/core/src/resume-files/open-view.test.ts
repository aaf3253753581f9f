import { afterAll, beforeAll, expect, test } from "vitest";
import { createApiKey } from "../api-keys/create-api-key";
import { authenticate } from "../auth/authenticate";
import type { PersonContext, StaffContext } from "../context";
import { listLeadEvents } from "../leads/list-lead-events";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { openView } from "./open-view";
import { readPage } from "./read-page";

let domain: TestDomain;
let staff: PersonContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());

async function newLead(content = "%PDF-1.7 seen %%EOF"): Promise<string> {
  return (await submitLead(domain.ctx, await submission({ content }))).receipt.id;
}

function change(leadId: string, data: Parameters<typeof domain.ctx.db.prisma.resume.updateMany>[0]["data"]) {
  return domain.ctx.db.prisma.resume.updateMany({ where: { leadId }, data });
}

async function views(leadId: string): Promise<number> {
  return domain.ctx.db.prisma.auditEvent.count({ where: { leadId, type: "resume.viewed" } });
}

test("shows what the reader made of the file, and one look is one event", async () => {
  const leadId = await newLead();
  const opened = await openView(staff, { leadId });
  expect(opened).toMatchObject({
    view: { kind: "html", html: "<p>%PDF-1.7 seen %%EOF</p>" },
    hasText: null,
    original: { state: "confirm" },
  });
  await Promise.all([openView(staff, { leadId, resumeId: opened.resumeId }), openView(staff, { leadId })]);
  expect(await views(leadId)).toBe(1);
  domain.passSeconds(5 * 60);
  await openView(staff, { leadId });
  expect(await views(leadId)).toBe(2);
  const colleague = domain.asStaff(await domain.createUser("INTAKE"));
  await Promise.all([openView(colleague, { leadId }), openView(colleague, { leadId })]);
  expect(await views(leadId)).toBe(3);
  const shown = (await listLeadEvents(staff, { leadId })).filter(({ type }) => type === "resume.viewed");
  expect(shown.reduce((sum, { times = 1 }) => sum + times, 0)).toBe(3);
});

test("a key of the API has its own looks", async () => {
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  const { secret } = await createApiKey(admin, { name: "CRM", role: "INTAKE" });
  const actor = await authenticate(domain.ctx, { token: secret });
  if (!actor) throw new Error("The key does not work");
  const program: StaffContext = { ...domain.ctx, actor };
  const leadId = await newLead();
  await openView(program, { leadId });
  await openView(program, { leadId });
  expect(await views(leadId)).toBe(1);
});

test.each([
  { scanState: "PENDING", scanReason: null, reason: "checking", words: /Not checked yet/ },
  { scanState: "INFECTED", scanReason: "Eicar", reason: "infected", words: /malware \(Eicar\) and stays/ },
  {
    scanState: "UNSCANNABLE",
    scanReason: "Encrypted",
    reason: "unscannable",
    words: /not be checked.*: Encrypted\./,
  },
] as const)("a file that is $scanState is not shown", async ({ scanState, scanReason, reason, words }) => {
  const leadId = await newLead();
  await change(leadId, { scanState, scanReason });
  const { view, original, resumeId } = await openView(staff, { leadId });
  expect(view).toEqual({ kind: "none", reason, sentence: expect.stringMatching(words) });
  expect(original.state).toBe("locked");
  await expect(readPage(staff, { leadId, resumeId, page: 1, width: 800 })).rejects.toMatchObject({
    code: "FORBIDDEN",
    message: expect.stringMatching(words),
  });
  expect(await views(leadId)).toBe(0);
});

test("what would act by itself is seen as a picture, and its original stays locked", async () => {
  const leadId = await newLead();
  const blocked = { scanState: "UNSCANNABLE", scanReason: "It runs JavaScript when it is opened." } as const;
  await change(leadId, { ...blocked, findings: [{ code: "javascript", severity: "noted" }] });
  expect((await openView(staff, { leadId })).view).toMatchObject({ reason: "unscannable" });
  await change(leadId, { ...blocked, findings: [{ code: "javascript", severity: "blocked" }] });
  expect(await openView(staff, { leadId })).toMatchObject({
    view: { kind: "html" },
    original: {
      state: "locked",
      sentence: "It runs JavaScript when it is opened. The original stays locked; this view is safe.",
    },
  });
});

test("says why a file cannot be shown, and that a scan has no text", async () => {
  const leadId = await newLead();
  const locked: StaffContext["reader"]["openView"] = async () => ({ ok: false, failure: "password" });
  const ctx = { ...staff, reader: { ...staff.reader, openView: locked } };
  expect((await openView(ctx, { leadId })).view).toMatchObject({
    reason: "password",
    sentence: expect.stringMatching(/needs a password.*Download the original/),
  });
  expect(await views(leadId)).toBe(0);
  const { resumeId } = await openView(staff, { leadId });
  await domain.ctx.db.prisma
    .$executeRaw`INSERT INTO resume_texts (resume_id, outcome, body, is_cut, words, read_at)
    VALUES (${resumeId}::uuid, 'NO_TEXT', '', false, ''::tsvector, now())`;
  expect((await openView(staff, { leadId })).hasText).toBe(false);
  domain.storage.objects.clear();
  expect((await openView(staff, { leadId })).view).toMatchObject({ reason: "missing" });
});

test("a page is a picture with its text; what is not there, or is no PDF, has none", async () => {
  const leadId = await newLead();
  const { resumeId } = await openView(staff, { leadId });
  const picture = { mediaType: "image/webp" as const, width: 800, height: 1131, text: [] };
  const render: StaffContext["reader"]["renderPage"] = async ({ page }) =>
    page === 1
      ? { ok: true, content: { ...picture, bytes: Buffer.from("webp") } }
      : { ok: false, failure: "empty" };
  const ctx = { ...staff, reader: { ...staff.reader, renderPage: render } };
  expect(await readPage(ctx, { leadId, resumeId, page: 1, width: 800 })).toEqual({
    ...picture,
    base64: "d2VicA==",
  });
  const missing = { code: "NOT_FOUND", message: "This file has no such page." };
  await expect(readPage(ctx, { leadId, resumeId, page: 2, width: 800 })).rejects.toMatchObject(missing);
  await change(leadId, { format: "DOCX" });
  await expect(readPage(ctx, { leadId, resumeId, page: 1, width: 800 })).rejects.toMatchObject(missing);
});

test("a file of another lead is not there", async () => {
  const [mine, other] = [await newLead(), await newLead()];
  const { resumeId } = await openView(staff, { leadId: other });
  await expect(openView(staff, { leadId: mine, resumeId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(readPage(staff, { leadId: mine, resumeId, page: 1, width: 800 })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
