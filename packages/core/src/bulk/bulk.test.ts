import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { listLeadsSchema } from "../leads/schema";
import { updateLeadStatus } from "../leads/update-lead-status";
import { countSelection } from "../selection/count-selection";
import type { LeadSelection } from "../selection/schema";
import { giveManyLeads } from "../testing/many-leads";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getBulk, listMyBulk } from "./get-bulk";
import { runBulk, sweepBulk } from "./run-bulk";
import type { BulkChange } from "./schema";
import { startBulk } from "./start-bulk";
import { takeStep } from "./take-step";
import { cancelBulk, undoBulk } from "./undo-bulk";

let domain: TestDomain;
let ctx: PersonContext;
beforeEach(async () => {
  domain = await createTestDomain();
  ctx = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterEach(() => domain.close());

const matching = (query: object = {}, except: string[] = []): LeadSelection => ({
  kind: "matching",
  query: listLeadsSchema.parse(query),
  except,
});
const reachOut: BulkChange = { kind: "STATUS", status: "REACHED_OUT", channel: "EMAIL" };
const hours = { zone: "Europe/London", week: [[], [], [], [], [], [], []], holidays: [] };
const system = () => ({ ...domain.ctx, actor: { type: "system" as const, job: "leads.change-many" } });

async function start(selection: LeadSelection, change: BulkChange = reachOut) {
  return startBulk(ctx, { selection, change, confirmed: await countSelection(ctx, selection) });
}
const run = (bulkId: string) => runBulk(system(), { bulkId });
const countLeads = (status: "PENDING" | "REACHED_OUT") => ctx.db.prisma.lead.count({ where: { status } });
const countEvents = (type: string) => ctx.db.prisma.auditEvent.count({ where: { type } });
const everything = () => ctx.db.prisma.lead.findMany({ orderBy: { id: "asc" }, omit: { version: true } });

test("changes all that match at that moment, each with its event, and tells how far it is", async () => {
  await giveManyLeads(ctx.db, 330);
  const selection = matching({ status: "PENDING" });
  expect(await countSelection(ctx, selection)).toMatchObject({ total: 220 });
  const begun = await start(selection);
  expect(begun).toMatchObject({ state: "QUEUED", total: 220, done: 0, canUndo: false });
  expect(domain.jobs).toContainEqual({ name: "leads.change-many", data: { bulkId: begun.id } });
  await takeStep(system(), { bulkId: begun.id, hours });
  expect(await getBulk(ctx, begun.id)).toMatchObject({ state: "RUNNING", done: 100 });
  await run(begun.id);
  expect(await getBulk(ctx, begun.id)).toMatchObject({ state: "DONE", done: 220, skipped: 0, canUndo: true });
  expect(await countLeads("REACHED_OUT")).toBe(330);
  const events = await ctx.db.prisma.auditEvent.findMany({ where: { type: "lead.status_changed" } });
  expect(events).toHaveLength(220);
  expect(new Set(events.map(({ actorId }) => actorId))).toEqual(new Set([ctx.actor.user.id]));
  expect(events[0]?.data).toMatchObject({
    bulkId: begun.id,
    from: "PENDING",
    to: "REACHED_OUT",
    channel: "EMAIL",
  });
  expect(await countEvents("bulk.started")).toBe(1);
  expect(await countEvents("bulk.finished")).toBe(1);
  // The first hundred were changed by the step alone.
  expect(domain.told).toHaveLength(120);
  const lead = await ctx.db.prisma.lead.findFirstOrThrow({ where: { contactChannel: "EMAIL" } });
  expect(lead).toMatchObject({ reachedOutById: ctx.actor.user.id, reachedOutAt: ctx.now(), version: 2 });
  expect(lead.responseMinutes).toBeGreaterThan(0);
});

test("leads that arrive after the count are not part of what was confirmed, and more than confirmed are refused", async () => {
  await giveManyLeads(ctx.db, 3);
  const confirmed = await countSelection(ctx, matching({ status: "PENDING" }));
  domain.passSeconds(60);
  await ctx.db.prisma.lead.updateMany({ where: { reference: "INT-1" }, data: { createdAt: ctx.now() } });
  const input = { selection: matching({ status: "PENDING" }), change: reachOut, confirmed };
  expect(await startBulk(ctx, input)).toMatchObject({ total: 1 });
  const fewer = { ...input, selection: matching(), confirmed: { ...confirmed, total: 1 } };
  await expect(startBulk(ctx, fewer)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await ctx.db.prisma.bulkAction.count()).toBe(1);
});

test("what was changed by somebody else meanwhile is left alone, and so is what is so already", async () => {
  await giveManyLeads(ctx.db, 30);
  const begun = await start(matching());
  const [mine] = await ctx.db.prisma.lead.findMany({ where: { status: "PENDING" } });
  const colleague = domain.asStaff(await domain.createUser("INTAKE"));
  await updateLeadStatus(colleague, { leadId: mine?.id ?? "", status: "REACHED_OUT", channel: "PHONE" });
  await run(begun.id);
  expect(await getBulk(ctx, begun.id)).toMatchObject({ done: 19, skipped: 11 });
  const lead = await ctx.db.prisma.lead.findUniqueOrThrow({ where: { id: mine?.id ?? "" } });
  expect(lead).toMatchObject({ contactChannel: "PHONE", reachedOutById: colleague.actor.user.id });
});

describe("taking back", () => {
  test("leaves everything as if nothing had happened, except what was changed since", async () => {
    await giveManyLeads(ctx.db, 150);
    const before = await everything();
    const begun = await start(matching());
    await run(begun.id);
    const [changedSince] = await ctx.db.prisma.lead.findMany({ where: { contactChannel: "EMAIL" } });
    domain.passSeconds(120);
    await updateLeadStatus(ctx, { leadId: changedSince?.id ?? "", status: "PENDING" });
    const undo = await undoBulk(ctx, { bulkId: begun.id });
    await run(undo.id);
    expect(await getBulk(ctx, undo.id)).toMatchObject({ isUndo: true, done: 99, skipped: 1, canUndo: false });
    const others = (lead: { id: string }) => lead.id !== changedSince?.id;
    expect((await everything()).filter(others)).toEqual(before.filter(others));
    expect((await listMyBulk(ctx)).map(({ id }) => id)).toEqual([undo.id]);
    await expect(undoBulk(ctx, { bulkId: begun.id })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(undoBulk(ctx, { bulkId: undo.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("is possible once, for an hour, by who did it", async () => {
    await giveManyLeads(ctx.db, 5);
    const begun = await start(matching());
    await run(begun.id);
    const other = domain.asStaff(await domain.createUser("ADMIN"));
    await expect(undoBulk(other, { bulkId: begun.id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const both = await Promise.allSettled([1, 2].map(() => undoBulk(ctx, { bulkId: begun.id })));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "CONFLICT" } });
    const late = await start(matching(), { kind: "STATUS", status: "PENDING" });
    await run(late.id);
    domain.passSeconds(3601);
    await expect(undoBulk(ctx, { bulkId: late.id })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("goes on after a kill: nothing twice, nothing left out, and two workers at once take turns", async () => {
  await giveManyLeads(ctx.db, 450);
  const begun = await start(matching({ status: "PENDING" }));
  await takeStep(system(), { bulkId: begun.id, hours });
  domain.jobs.length = 0;
  await sweepBulk(system());
  expect(domain.jobs).toEqual([]);
  domain.passSeconds(61);
  await sweepBulk(system());
  expect(domain.jobs).toEqual([{ name: "leads.change-many", data: { bulkId: begun.id } }]);
  await Promise.all([run(begun.id), run(begun.id)]);
  expect(await getBulk(ctx, begun.id)).toMatchObject({ state: "DONE", done: 300, skipped: 0 });
  expect(await countEvents("lead.status_changed")).toBe(300);
  expect(await countEvents("bulk.finished")).toBe(1);
  domain.passSeconds(25 * 3600);
  await sweepBulk(system());
  expect(await ctx.db.prisma.bulkChange.count()).toBe(0);
});

test("stops when it is cancelled, and what was done can be taken back", async () => {
  await giveManyLeads(ctx.db, 300);
  const begun = await start(matching({ status: "PENDING" }));
  await takeStep(system(), { bulkId: begun.id, hours });
  expect(await cancelBulk(ctx, { bulkId: begun.id })).toMatchObject({
    state: "CANCELLED",
    done: 100,
    canUndo: true,
  });
  await run(begun.id);
  expect(await countLeads("REACHED_OUT")).toBe(200);
  const undo = await undoBulk(ctx, { bulkId: begun.id });
  await run(undo.id);
  expect(await countLeads("REACHED_OUT")).toBe(100);
});

test.each([
  ["deactivated", { disabledAt: new Date() }],
  ["demoted", { role: "READ_ONLY" }],
] as const)("stops when who started it is %s", async (_case, data) => {
  await giveManyLeads(ctx.db, 300);
  const begun = await start(matching({ status: "PENDING" }));
  await takeStep(system(), { bulkId: begun.id, hours });
  await ctx.db.prisma.user.update({ where: { id: ctx.actor.user.id }, data });
  await run(begun.id);
  expect(await getBulk(ctx, begun.id)).toMatchObject({ state: "FAILED", done: 100 });
});

test("assigns leads named one by one, in more than one step, and forgets nobody's earlier assignee", async () => {
  await giveManyLeads(ctx.db, 130);
  const colleague = await domain.createUser("INTAKE");
  const ids = (await ctx.db.prisma.lead.findMany({ select: { id: true }, take: 120 })).map(({ id }) => id);
  const first = await start(
    { kind: "ids", ids: ids.slice(0, 2) },
    { kind: "ASSIGN", assigneeId: ctx.actor.user.id },
  );
  await run(first.id);
  const begun = await start({ kind: "ids", ids }, { kind: "ASSIGN", assigneeId: colleague.id });
  await run(begun.id);
  expect(await ctx.db.prisma.lead.count({ where: { assigneeId: colleague.id } })).toBe(120);
  const undo = await undoBulk(ctx, { bulkId: begun.id });
  await run(undo.id);
  expect(await ctx.db.prisma.lead.count({ where: { assigneeId: ctx.actor.user.id } })).toBe(2);
  expect(await ctx.db.prisma.lead.count({ where: { assigneeId: null } })).toBe(128);
});

test("refuses who may not, whom leads cannot be given to, and nothing at all", async () => {
  await giveManyLeads(ctx.db, 2);
  const reader = await domain.createUser("READ_ONLY");
  const confirmed = { total: 2, countedAt: ctx.now().toISOString() };
  const input = { selection: matching(), change: reachOut, confirmed };
  await expect(startBulk(domain.asStaff(reader), input)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const toReader = { ...input, change: { kind: "ASSIGN" as const, assigneeId: reader.id } };
  await expect(startBulk(ctx, toReader)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  const nobody = { ...input, selection: matching({ q: "nobody at all" }) };
  await expect(startBulk(ctx, nobody)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  for (let begun = 0; begun < 3; begun += 1) await startBulk(ctx, input);
  await expect(startBulk(ctx, input)).rejects.toThrow("Three changes of yours are still under way");
});
