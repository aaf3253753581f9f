import { submitLead } from "@intake/core/leads/submit-lead";
import { submission } from "@intake/core/testing/lead-input";
import { createTestDomain, type TestDomain } from "@intake/core/testing/test-context";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RunningQueue, startQueue } from "./queue";
import { startWorker } from "./worker";

let domain: TestDomain;
let running: RunningQueue;
const logError = vi.fn();
beforeAll(async () => {
  domain = await createTestDomain();
  running = await startQueue({ connectionString: domain.connectionString, log: domain.ctx.log });
});
afterAll(async () => {
  await running.stop(5);
  await domain.close();
});

const countJobs = async () => {
  const { rows } = await domain.ctx.db.pool.query(
    "SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'mail.deliver'",
  );
  return rows[0].jobs;
};

test("a job exists exactly if the transaction it belongs to commits", async () => {
  const { text, values } = await running.queue.jobInsert("mail.deliver", [{ data: { mailId: "none" } }]);
  const client = await domain.ctx.db.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(text, values);
    await client.query("ROLLBACK");
    expect(await countJobs()).toBe(0);
    await client.query("BEGIN");
    await client.query(text, values);
    await client.query("COMMIT");
    expect(await countJobs()).toBe(1);
  } finally {
    client.release();
  }
  await domain.ctx.db.pool.query("DELETE FROM pgboss.job WHERE name = 'mail.deliver'");
});

test("a submission's two mails leave through the worker, once each, and every sweep is on its schedule", async () => {
  // The real clock: the queue has no other.
  const log = { ...domain.ctx.log, error: logError };
  const effects = { ...domain.ctx, log, queue: running.queue, now: () => new Date() };
  const { receipt } = await submitLead(effects, await submission());
  await startWorker(running.boss, effects);
  await vi.waitFor(
    async () => {
      const mails = await domain.ctx.db.prisma.outboxMail.findMany({ where: { leadId: receipt.id } });
      expect(mails.map((mail) => mail.state)).toEqual(["SENT", "SENT"]);
    },
    { timeout: 20_000, interval: 100 },
  );
  expect(domain.mailer.accepted.map((mail) => mail.tag).sort()).toEqual(["lead-notice", "lead-receipt"]);
  const schedules = await running.boss.getSchedules();
  expect(schedules.map((schedule) => schedule.name).sort()).toEqual([
    "audit.sweep",
    "audit.verify",
    "bulk.sweep",
    "leads.fold-counts",
    "leads.follow-up",
    "mail.daily-digests",
    "mail.sweep",
    "resumes.sweep",
    "sessions.sweep",
    "storage.sweep",
  ]);
  await expect(running.queue.check()).resolves.toBeUndefined();
});

test("a job that fails is told to the log; the queue tries it again", async () => {
  const { text, values } = await running.queue.jobInsert("password.send-reset", [
    { data: { userId: "no id at all" } },
  ]);
  await domain.ctx.db.pool.query(text, values);
  await vi.waitFor(
    () =>
      expect(logError).toHaveBeenCalledWith(
        { job: "password.send-reset", error: expect.any(Error) },
        "a job failed",
      ),
    { timeout: 20_000, interval: 100 },
  );
});
