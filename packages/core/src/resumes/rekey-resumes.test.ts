import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { openResumeFile } from "./open-resume-file";
import { countFilesByKey, countOutdatedFiles, rekeyResumes } from "./rekey-resumes";

const files = 45;
const content = (index: number) => `%PDF-1.7 resume ${index} %%EOF`;
const quietly = { onProgress: () => undefined };

let domain: TestDomain;
beforeEach(async () => {
  domain = await createTestDomain();
  for (let index = 0; index < files; index++)
    await submitLead(
      domain.ctx,
      await submission({ content: content(index), email: `p${index}@mail.example` }),
    );
});
afterEach(() => domain.close());

const rows = () => domain.ctx.db.prisma.resume.findMany({ include: { lead: true }, orderBy: { id: "asc" } });

async function readAll(): Promise<string[]> {
  const read: string[] = [];
  for (const row of await rows()) read.push(await text(await openResumeFile(domain.ctx, row)));
  return read;
}

const everything = Array.from({ length: files }, (_, index) => content(index));

test("every file gets a new place under the current key, the rows follow, the old objects go", async () => {
  const before = await rows();
  domain.storage.state.keyName = "new-key";
  expect(await countOutdatedFiles(domain.ctx)).toBe(files);
  const progress: number[] = [];
  const report = await rekeyResumes(domain.ctx, { onProgress: (done) => progress.push(done) });
  expect(report).toEqual({ files, unreadable: [] });
  expect(progress).toEqual([40, 45]);

  const after = await rows();
  expect(await readAll()).toEqual(everything);
  expect(after.every(({ keyName }) => keyName === "new-key")).toBe(true);
  expect(after.every(({ storageKey, lead }) => lead.resumePath === storageKey)).toBe(true);
  expect(after.filter(({ storageKey }, index) => storageKey === before[index]?.storageKey)).toEqual([]);
  expect([...domain.storage.objects.keys()].sort()).toEqual(after.map(({ storageKey }) => storageKey).sort());
  expect(await countOutdatedFiles(domain.ctx)).toBe(0);
  expect(await countFilesByKey(domain.ctx)).toEqual([{ keyName: "new-key", files }]);
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: "keys.rotated" },
    orderBy: { id: "asc" },
  });
  expect(events.map(({ data }) => data)).toEqual(
    [40, 5].map((moved) => ({ files: moved, keyName: "new-key" })),
  );
});

test("readers that looked a row up before find its file after", async () => {
  domain.storage.state.keyName = "new-key";
  const before = await rows();
  let isOver = false;
  const reading = (async () => {
    let reads = 0;
    for (; !isOver || reads < files; reads++) {
      // Storage in memory never waits for anything; the other side wants its turn.
      await new Promise(setImmediate);
      const row = before[reads % files];
      if (row) expect(await text(await openResumeFile(domain.ctx, row))).toBe(content(reads % files));
    }
    return reads;
  })();
  await rekeyResumes(domain.ctx, quietly);
  isOver = true;
  expect(await reading).toBeGreaterThanOrEqual(files);
  // All of them are elsewhere by now.
  for (const [index, row] of before.entries())
    expect(await text(await openResumeFile(domain.ctx, row))).toBe(content(index));
});

test("ended at any moment every file still opens, and the next run does the rest", async () => {
  domain.storage.state.keyName = "new-key";
  const { storage } = domain;
  for (let step = 1; step <= 40; step += 13) {
    let left = step;
    const dying = new Proxy(storage, {
      get(target, name) {
        if (["put", "get", "delete"].includes(String(name)) && left-- <= 0) throw new Error("killed");
        return Reflect.get(target, name);
      },
    });
    await expect(rekeyResumes({ ...domain.ctx, storage: dying }, quietly)).rejects.toThrow("killed");
    expect(await readAll()).toEqual(everything);
  }
  await rekeyResumes(domain.ctx, quietly);
  expect(await readAll()).toEqual(everything);
  expect(await countOutdatedFiles(domain.ctx)).toBe(0);
});

test("two runs at once do it once", async () => {
  domain.storage.state.keyName = "new-key";
  const reports = await Promise.all([rekeyResumes(domain.ctx, quietly), rekeyResumes(domain.ctx, quietly)]);
  expect(reports.reduce((sum, report) => sum + report.files, 0)).toBe(files);
  expect(await readAll()).toEqual(everything);
  expect(domain.storage.objects.size).toBe(files);
});

test("files from before encryption are taken, files that cannot be read are named and left", async () => {
  const [plain, missing, altered, other] = await rows();
  if (!plain || !missing || !altered || !other) throw new Error("No rows");
  domain.storage.objects.delete(missing.storageKey);
  const find = (key: string) => {
    const object = domain.storage.objects.get(key);
    if (!object) throw new Error("No object");
    return object;
  };
  find(altered.storageKey).place = { ...find(altered.storageKey).place, leadId: other.leadId };
  find(other.storageKey).bytes = Buffer.from("not what was received");
  domain.storage.state.keyName = "new-key";
  const report = await rekeyResumes(domain.ctx, quietly);
  expect(report.files).toBe(files - 3);
  expect(report.unreadable).toEqual([
    { resumeId: missing.id, leadId: missing.leadId, reason: "it is missing in storage" },
    { resumeId: altered.id, leadId: altered.leadId, reason: "it was altered where it is stored" },
    { resumeId: other.id, leadId: other.leadId, reason: "it is not the file that was received" },
  ]);
  expect(await countFilesByKey(domain.ctx)).toEqual(
    expect.arrayContaining([
      { keyName: "test-key", files: 3 },
      { keyName: "new-key", files: files - 3 },
    ]),
  );
  // Only what lies under a row: nothing was left behind by those that failed.
  expect(domain.storage.objects.size).toBe(files - 1);
});

test("a storage that is away ends the run; nothing is called unreadable", async () => {
  domain.storage.state.keyName = "new-key";
  domain.storage.state.isAway = true;
  await expect(rekeyResumes(domain.ctx, quietly)).rejects.toThrow("The file storage did not answer");
});
