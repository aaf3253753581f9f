import { discardDeadJob } from "@intake/core/operations/discard-dead-job";
import { getOperations } from "@intake/core/operations/get-operations";
import { retryDeadJob } from "@intake/core/operations/retry-dead-job";
import { operationsSchema } from "@intake/core/operations/schema";
import { createTestDomain, type TestDomain } from "@intake/core/testing/test-context";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type RunningQueue, startQueue } from "./queue";

let domain: TestDomain;
let running: RunningQueue;
beforeAll(async () => {
  domain = await createTestDomain();
  running = await startQueue({ connectionString: domain.connectionString, log: domain.ctx.log });
});
afterAll(async () => {
  await running.stop(5);
  await domain.close();
});
beforeEach(() => domain.owner.pool.query("DELETE FROM pgboss.job"));

async function add(mailId: string, startAfter?: Date): Promise<string> {
  const job = { data: { mailId }, ...(startAfter && { startAfter }) };
  const { text, values } = await running.queue.jobInsert("mail.deliver", [job]);
  await domain.ctx.db.pool.query(text, values);
  const { rows } = await domain.ctx.db.pool.query("SELECT id FROM pgboss.job WHERE data->>'mailId' = $1", [
    mailId,
  ]);
  return rows[0].id;
}

/** As the queue leaves a job that failed as often as it is tried. */
async function addDead(mailId: string): Promise<string> {
  const id = await add(mailId);
  await domain.owner.pool.query(
    "UPDATE pgboss.job SET state = 'failed', retry_count = 3, completed_on = now() WHERE id = $1",
    [id],
  );
  return id;
}

async function admin() {
  const ctx = domain.asStaff(await domain.createUser("ADMIN"));
  return { ...ctx, queue: running.queue };
}

const mailQueue = async () =>
  (await running.queue.states()).find(({ name }) => name === "mail.deliver") ?? null;

test("tells of every queue what waits, since when, and what gave up; what is due later does not wait", async () => {
  const before = Date.now();
  await add("first");
  await add("second");
  await add("tomorrow", new Date(before + 86_400_000));
  await addDead("third");
  const state = await mailQueue();
  expect(state).toMatchObject({ waiting: 2, running: 0, dead: 1 });
  expect(Math.abs((state?.oldestAt?.getTime() ?? 0) - before)).toBeLessThan(5000);
  const idle = (await running.queue.states()).find(({ name }) => name === "audit.verify");
  expect(idle).toEqual({ name: "audit.verify", waiting: 0, running: 0, dead: 0, oldestAt: null });
});

test("a dead job is tried again or given up by one person once, and the audit knows who", async () => {
  const [again, gone] = [await addDead("again"), await addDead("gone")];
  const ctx = await admin();
  const shown = operationsSchema.parse(await getOperations(ctx));
  expect(shown.deadJobs.map(({ id, name, tries }) => ({ id, name, tries }))).toEqual(
    expect.arrayContaining([again, gone].map((id) => ({ id, name: "mail.deliver", tries: 4 }))),
  );
  await retryDeadJob(ctx, { jobId: again });
  await discardDeadJob(ctx, { jobId: gone });
  expect(await mailQueue()).toMatchObject({ waiting: 1, dead: 0 });
  await expect(retryDeadJob(ctx, { jobId: again })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(discardDeadJob(ctx, { jobId: gone })).rejects.toMatchObject({ code: "NOT_FOUND" });
  const events = await domain.ctx.db.prisma.auditEvent.findMany({
    where: { type: { startsWith: "job." } },
    orderBy: { id: "asc" },
    select: { type: true, actorId: true, data: true },
  });
  const actorId = ctx.actor.user.id;
  expect(events).toEqual([
    { type: "job.retried", actorId, data: { jobId: again } },
    { type: "job.discarded", actorId, data: { jobId: gone } },
  ]);
});

test("what only waits or runs is not a dead job", async () => {
  const id = await add("waits");
  const ctx = await admin();
  await expect(discardDeadJob(ctx, { jobId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await mailQueue()).toMatchObject({ waiting: 1 });
});
