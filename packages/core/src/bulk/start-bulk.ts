import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { canBeAssigned } from "../assignment/policy";
import { eventInsert } from "../audit/record-event";
import { explainDenial } from "../auth/policy";
import type { PersonContext } from "../context";
import { AppError } from "../errors";
import { selectionSql } from "../selection/selection-sql";
import { toSql } from "../sql";
import { getBulk } from "./get-bulk";
import { lackedPermission } from "./policy";
import type { BulkChange, BulkProgress, StartBulk } from "./schema";

/** Changes of one person under way at the same time. */
const mostAtOnce = 3;
/** Writing down which leads are meant may take this long, in seconds: a million take about ten. */
const longestChoosing = 120;

/**
 * Starts changing many leads: writes down which (all that match at this moment, or those named), and leaves the rest to a job. Throws
 * FORBIDDEN, CONFLICT when more leads match than were confirmed, UNPROCESSABLE_CONTENT when none does or the assignee is not there.
 */
export async function startBulk(ctx: PersonContext, input: StartBulk): Promise<BulkProgress> {
  const { change, confirmed } = input;
  const lacked = lackedPermission(ctx.actor.user, change);
  if (lacked) throw new AppError("FORBIDDEN", explainDenial(lacked));
  if (change.kind === "ASSIGN") await assertAssignable(ctx, change);
  const chosen = await selectionSql(ctx, input.selection, new Date(confirmed.countedAt));
  return beginBulk(ctx, {
    change,
    undoesId: null,
    choose: (bulkId) => Prisma.sql`INSERT INTO bulk_changes (bulk_id, lead_id, version_before)
      SELECT ${bulkId}::uuid, l.id, l.version FROM ${chosen.tables} ${chosen.where}`,
    check: (total) => {
      if (total === 0) throw new AppError("UNPROCESSABLE_CONTENT", "None of these leads is there any more.");
      if (total > confirmed.total)
        throw new AppError(
          "CONFLICT",
          `${total.toLocaleString("en-GB")} leads match by now, ${(total - confirmed.total).toLocaleString("en-GB")} more than you confirmed. Nothing was changed.`,
        );
    },
  });
}

interface Beginning {
  change: BulkChange;
  undoesId: string | null;
  /** The INSERT of the leads that it is about. */
  choose: (bulkId: string) => Prisma.Sql;
  /** Throws when their number is not what was meant. */
  check: (total: number) => void;
}

/** Writes down an action with its leads, its event and its job, in one transaction. */
export async function beginBulk(
  ctx: PersonContext,
  { change, undoesId, choose, check }: Beginning,
): Promise<BulkProgress> {
  const bulkId = uuidv7();
  const at = ctx.now();
  const startedById = ctx.actor.user.id;
  await ctx.db.patient.prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw(
        Prisma.sql`SELECT set_config('statement_timeout', ${`${longestChoosing}s`}, true)`,
      );
      await assertFewUnderWay(tx, startedById);
      await tx.bulkAction.create({
        data: {
          id: bulkId,
          kind: change.kind,
          startedById,
          change,
          undoesId,
          total: 0,
          createdAt: at,
          workedAt: at,
        },
      });
      const total = await tx.$executeRaw(choose(bulkId));
      check(total);
      await tx.bulkAction.update({ where: { id: bulkId }, data: { total } });
      const facts: Record<string, string | null> =
        change.kind === "STATUS" ? { status: change.status } : { assigneeId: change.assigneeId };
      const data = { bulkId, kind: change.kind, total, ...facts, ...(undoesId && { undoesId }) };
      await tx.$executeRaw(eventInsert(ctx, { type: "bulk.started", data }).sql);
      await tx.$executeRaw(toSql(await ctx.queue.jobInsert("leads.change-many", [{ data: { bulkId } }])));
    },
    { timeout: longestChoosing * 1000 },
  );
  return getBulk(ctx, bulkId);
}

async function assertFewUnderWay(tx: Transaction, startedById: string): Promise<void> {
  const underWay = await tx.bulkAction.count({ where: { startedById, finishedAt: null } });
  if (underWay >= mostAtOnce)
    throw new AppError(
      "CONFLICT",
      "Three changes of yours are still under way. Wait for one of them, or cancel it.",
    );
}

async function assertAssignable(
  ctx: PersonContext,
  { assigneeId }: Extract<BulkChange, { kind: "ASSIGN" }>,
): Promise<void> {
  if (assigneeId === null) return;
  const person = await ctx.db.prisma.user.findUnique({
    where: { id: assigneeId, disabledAt: null },
    select: { role: true },
  });
  if (person && canBeAssigned(person.role)) return;
  const message = "This colleague cannot look after leads. Choose somebody else.";
  throw new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path: "change.assigneeId", message }] });
}
