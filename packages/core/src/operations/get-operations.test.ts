import { afterAll, beforeAll, expect, test } from "vitest";
import { checkAudit } from "../audit/nightly-check";
import { sealEvents } from "../audit/seal-events";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getOperations } from "./get-operations";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

const look = async () => getOperations(domain.asStaff(await domain.createUser("ADMIN")));

test("an empty office tells of nothing that happened, and of what runs it", async () => {
  const shown = await look();
  expect(shown.database?.version).toMatch(/^\d+/);
  expect(shown.storage).toMatchObject({ usedBytes: 0, files: 0, quotaBytes: null });
  expect(shown.storage.answerMs).not.toBeNull();
  expect(shown.backup).toEqual({ lastAt: null, kind: null, restoreTestAt: null, archive: null });
  expect(shown.audit).toMatchObject({ checkedAt: null, isWhole: null });
  expect(shown.version.intake).toBe("0.0.0-test");
  expect(shown.version.migration).toMatch(/^\d{14}_/);
});

test("waiting mails, the age of backups and seals come from the rows themselves", async () => {
  await submitLead(domain.ctx, await submission());
  domain.passSeconds(120);
  const begun = domain.ctx.now();
  await domain.owner.pool.query(
    "INSERT INTO backup_runs (kind, finished_at) VALUES ('FULL', $1), ('RESTORE_TEST', $2)",
    [new Date(begun.getTime() - 3_600_000), new Date(begun.getTime() - 7_200_000)],
  );
  const waiting = await look();
  expect(waiting.mail).toMatchObject({ queued: 2, failed: 0 });
  expect(Date.parse(waiting.mail.oldestDueAt ?? "")).toBeLessThan(begun.getTime());
  expect(waiting.backup).toMatchObject({
    kind: "FULL",
    lastAt: new Date(begun.getTime() - 3_600_000).toISOString(),
    restoreTestAt: new Date(begun.getTime() - 7_200_000).toISOString(),
  });
  expect(waiting.audit.unsealedSince).not.toBeNull();

  while ((await sealEvents(domain.ctx)) > 0);
  await checkAudit({ ...domain.ctx, actor: { type: "system", job: "audit.verify" } });
  while ((await sealEvents(domain.ctx)) > 0);
  const sealed = await look();
  expect(sealed.audit).toMatchObject({ unsealedSince: null, isWhole: true, checkedAt: begun.toISOString() });
});

test("a storage that does not answer is a part that is away, not a page that fails", async () => {
  const ctx = domain.asStaff(await domain.createUser("ADMIN"));
  const storage = { ...ctx.storage, check: () => Promise.reject(new Error("no disk")) };
  expect((await getOperations({ ...ctx, storage })).storage.answerMs).toBeNull();
});
