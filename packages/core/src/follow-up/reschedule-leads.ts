import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { queryOfficeRules } from "../office/read-office-rules";
import { toSql } from "../sql";
import { promiseOf } from "./promise-of";

const batchSize = 500;
/** Batches of one job: some seconds of work, so that none outlives its time (120 s). */
const batchesPerJob = 50;

interface WaitingLead {
  id: string;
  createdAt: Date;
  isReminded: boolean;
}

/**
 * Gives every waiting lead the promise that the office's rules make now, counted from its arrival; a long run goes on in a job of its
 * own. A lead whose reminder or escalation has gone out gets no second one.
 */
export async function rescheduleLeads(ctx: Context, input: { afterId: string | null }): Promise<void> {
  let afterId = input.afterId;
  for (let batch = 0; batch < batchesPerJob; batch += 1) {
    afterId = await rescheduleBatch(ctx, afterId);
    if (afterId === null) {
      ctx.live.tell({ kind: "many" });
      return;
    }
  }
  await ctx.db.prisma.$executeRaw(
    toSql(await ctx.queue.jobInsert("leads.reschedule", [{ data: { afterId } }])),
  );
}

/** Returns the last lead of the batch, or null after the last of all. */
async function rescheduleBatch(ctx: Context, afterId: string | null): Promise<string | null> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const leads = await tx.$queryRaw<WaitingLead[]>(
      Prisma.sql`SELECT id, created_at AS "createdAt", reminded_at IS NOT NULL AS "isReminded" FROM leads
        WHERE status = 'PENDING' AND respond_by IS NOT NULL AND (${afterId}::uuid IS NULL OR id > ${afterId}::uuid)
        ORDER BY id LIMIT ${batchSize} FOR NO KEY UPDATE`,
    );
    if (leads.length === 0) return null;
    // Read only now: of two runs that meet at a lead, the later one then writes by the newer rules.
    const rules = await queryOfficeRules(ctx);
    const rows = leads.map(({ id, createdAt, isReminded }) => {
      const { respondBy, remindAt } = promiseOf(rules, createdAt);
      return { id, respondBy, followUpAt: isReminded ? respondBy : remindAt };
    });
    await tx.$executeRaw(
      Prisma.sql`UPDATE leads l SET respond_by = n."respondBy",
          follow_up_at = CASE WHEN l.follow_up_at IS NOT NULL THEN n."followUpAt" END
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(id uuid, "respondBy" timestamptz, "followUpAt" timestamptz)
        WHERE l.id = n.id AND (l.respond_by <> n."respondBy" OR l.follow_up_at <> n."followUpAt")`,
    );
    return leads.at(-1)?.id ?? null;
  });
}
