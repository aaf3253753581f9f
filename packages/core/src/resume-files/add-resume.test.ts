import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { getLead } from "../leads/get-lead";
import { listLeadEvents } from "../leads/list-lead-events";
import { type SpooledResume, submitLead } from "../leads/submit-lead";
import { StorageUnavailableError } from "../ports/storage";
import { createFakeScanner } from "../testing/fake-scanner";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { addResume } from "./add-resume";
import { listVersions } from "./list-versions";

let domain: TestDomain;
let staff: PersonContext;
beforeAll(async () => {
  domain = await createTestDomain();
  staff = domain.asStaff(await domain.createUser("INTAKE"));
});
afterAll(() => domain.close());

async function newLead(content = "%PDF-1.7 first %%EOF"): Promise<string> {
  return (await submitLead(domain.ctx, await submission({ content }))).receipt.id;
}

async function file(content: string, fileName = "better.pdf"): Promise<SpooledResume> {
  return (await submission({ content, fileName })).resume;
}

test("a newer file stands in front, the earlier one is kept, and who added it is said", async () => {
  const leadId = await newLead();
  domain.passSeconds(60);
  domain.jobs.length = 0;
  const resume = await file("%PDF-1.7 second %%EOF", "bet\u0000ter.pdf");
  const added = await addResume(staff, { leadId, resume });
  expect(added).toMatchObject({
    isNew: true,
    version: { fileName: "better.pdf", addedBy: "Ana Sørensen", isNewest: true, sameAs: null, sizeBytes: 21 },
  });
  expect(await getLead(domain.ctx, leadId)).toMatchObject({
    version: 2,
    updatedAt: domain.ctx.now().toISOString(),
    resume: { id: added.version.id },
  });
  const versions = await listVersions(domain.ctx, { leadId });
  expect(versions.map(({ isNewest, addedBy }) => [isNewest, addedBy])).toEqual([
    [true, "Ana Sørensen"],
    [false, null],
  ]);
  expect(domain.jobs).toEqual([{ name: "resume.scan", data: { resumeId: added.version.id } }]);
  const [event] = await listLeadEvents(staff, { leadId });
  expect(event).toMatchObject({ type: "resume.added", isSameFile: false, actor: { isYou: true } });
});

test("the newest file again is not stored twice; an earlier one is, and says which", async () => {
  const leadId = await newLead();
  const first = domain.ctx.now().toISOString();
  const before = domain.storage.objects.size;
  const again = await addResume(staff, { leadId, resume: await file("%PDF-1.7 first %%EOF") });
  expect(again).toMatchObject({ isNew: false, version: { isNewest: true, addedBy: null, createdAt: first } });
  expect(domain.storage.objects.size).toBe(before);
  expect((await getLead(domain.ctx, leadId)).version).toBe(1);

  domain.passSeconds(60);
  await addResume(staff, { leadId, resume: await file("%PDF-1.7 second %%EOF") });
  domain.passSeconds(60);
  const back = await addResume(staff, { leadId, resume: await file("%PDF-1.7 first %%EOF") });
  expect(back).toMatchObject({ isNew: true, version: { isNewest: true, sameAs: { createdAt: first } } });
  expect((await listVersions(domain.ctx, { leadId })).length).toBe(3);
  const [event] = await listLeadEvents(staff, { leadId });
  expect(event).toMatchObject({ type: "resume.added", isSameFile: true });
});

test("the same file from two people at once is one version; two different ones are two", async () => {
  const leadId = await newLead();
  const before = domain.storage.objects.size;
  const twice = await Promise.all([
    addResume(staff, { leadId, resume: await file("%PDF-1.7 both %%EOF") }),
    addResume(domain.ctx, { leadId, resume: await file("%PDF-1.7 both %%EOF") }),
  ]);
  expect(twice.map(({ isNew }) => isNew).sort()).toEqual([false, true]);
  expect(new Set(twice.map(({ version }) => version.id)).size).toBe(1);
  expect(domain.storage.objects.size).toBe(before + 1);
  await Promise.all([
    addResume(staff, { leadId, resume: await file("%PDF-1.7 left %%EOF") }),
    addResume(domain.ctx, { leadId, resume: await file("%PDF-1.7 right %%EOF") }),
  ]);
  const versions = await listVersions(domain.ctx, { leadId });
  expect(versions.map(({ isNewest }) => isNewest).filter(Boolean)).toHaveLength(1);
  expect(versions).toHaveLength(4);
  expect((await getLead(domain.ctx, leadId)).version).toBe(4);
});

test("with a scanner the newer file waits for its check, whatever the earlier one was", async () => {
  const leadId = await newLead();
  const ctx = { ...domain.ctx, scanner: createFakeScanner("clamav") };
  const { version } = await addResume(ctx, { leadId, resume: await file("%PDF-1.7 waits %%EOF") });
  expect(version).toMatchObject({ scanState: "PENDING", addedBy: null });
});

test("when the rows cannot be written the lead stays as it was, and the file is left to the sweeper", async () => {
  const leadId = await newLead();
  const before = domain.storage.objects.size;
  const refused = { text: "SELECT 1 / 0", values: [] };
  const ctx = { ...staff, queue: { ...staff.queue, jobInsert: async () => refused } };
  const resume = await file("%PDF-1.7 half %%EOF");
  await expect(addResume(ctx, { leadId, resume })).rejects.toThrow();
  expect(await listVersions(domain.ctx, { leadId })).toMatchObject([{ isNewest: true, addedBy: null }]);
  expect((await getLead(domain.ctx, leadId)).version).toBe(1);
  expect((await listLeadEvents(staff, { leadId })).map(({ type }) => type)).not.toContain("resume.added");
  // The commit may have happened although its answer was lost, so nobody but the sweeper may remove it.
  expect(domain.storage.objects.size).toBe(before + 1);
});

test("nothing changes for a lead when the storage is away, and a lead that is not there gets nothing", async () => {
  const leadId = await newLead();
  domain.storage.state.isAway = true;
  const resume = await file("%PDF-1.7 lost %%EOF");
  await expect(addResume(staff, { leadId, resume })).rejects.toBeInstanceOf(StorageUnavailableError);
  domain.storage.state.isAway = false;
  expect(await listVersions(domain.ctx, { leadId })).toHaveLength(1);
  await expect(addResume(staff, { leadId: staff.actor.user.id, resume })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(listVersions(domain.ctx, { leadId: staff.actor.user.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
