import { afterAll, beforeAll, expect, test } from "vitest";
import { submitLead } from "../leads/submit-lead";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { noteBackup } from "./note-backup";
import { proveRestore } from "./prove-restore";
import { readBackups } from "./read-backups";

let office: TestDomain;
let beside: TestDomain;
beforeAll(async () => {
  [office, beside] = await Promise.all([createTestDomain(), createTestDomain()]);
});
afterAll(() => Promise.all([office.close(), beside.close()]));

/** As a restored database has it: with the office's own ids and times. */
async function restore(leads: string): Promise<void> {
  const { rows } = await office.owner.pool.query(
    `SELECT jsonb_agg(to_jsonb(l)) AS all FROM leads l WHERE ${leads}`,
  );
  await beside.owner.pool.query("TRUNCATE leads CASCADE");
  await beside.owner.pool.query("INSERT INTO leads SELECT * FROM jsonb_populate_recordset(NULL::leads, $1)", [
    JSON.stringify(rows[0].all),
  ]);
}
const prove = (mostLostMinutes = 2) =>
  proveRestore(office.ctx, { restored: beside.ctx.db, begunAt: office.ctx.now(), mostLostMinutes });

test("a restored database is proven by every lead that had to be in the archive, and the success is written down", async () => {
  const { receipt: old } = await submitLead(office.ctx, await submission());
  office.passSeconds(600);
  const { receipt: young } = await submitLead(office.ctx, await submission({ email: "young@mail.example" }));
  await restore(`id <> '${young.id}'`);
  expect(await prove()).toBe(1);
  expect((await readBackups(office.ctx)).restoreTestAt).toEqual(office.ctx.now());

  await restore(`id <> '${old.id}'`);
  await expect(prove()).rejects.toThrow(
    /^What came back is not what the office has: 0 leads until .* has 1\./,
  );
  office.passSeconds(180);
  await restore("true");
  expect(await prove()).toBe(2);
  // As many, but another one.
  await beside.owner.pool.query("UPDATE leads SET id = gen_random_uuid() WHERE id = $1", [old.id]);
  await expect(prove()).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a backup counts by its own age, once however often it is told, and never before it was made", async () => {
  const finishedAt = new Date(office.ctx.now().getTime() - 30 * 3_600_000);
  const note = { kind: "FULL" as const, finishedAt, sizeBytes: 5_000_000_000, seconds: 61 };
  expect(await noteBackup(office.ctx, note)).toBe(true);
  expect(await noteBackup(office.ctx, note)).toBe(false);
  expect(await readBackups(office.ctx)).toMatchObject({ kind: "FULL", lastAt: finishedAt });
  const { rows } = await office.owner.pool.query(
    "SELECT size_bytes, seconds FROM backup_runs WHERE kind = 'FULL'",
  );
  expect(rows).toEqual([{ size_bytes: "5000000000", seconds: 61 }]);
  await expect(
    noteBackup(office.ctx, { kind: "FULL", finishedAt: new Date(office.ctx.now().getTime() + 600_000) }),
  ).rejects.toThrow(/is yet to come/);
});
