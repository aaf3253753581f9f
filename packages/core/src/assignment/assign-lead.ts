import { Prisma } from "@intake/db/database";
import { eventInsert } from "../audit/record-event";
import type { StaffContext } from "../context";
import { AppError } from "../errors";
import { findLead, getLead } from "../leads/get-lead";
import type { Colleague, Lead } from "../leads/schema";
import { colleagueMailInserts } from "../mail/colleague-mail";
import { queryPreparedRows } from "../sql";
import { canBeAssigned } from "./policy";
import type { AssignLead } from "./schema";

/**
 * Puts somebody in charge of a lead, or nobody, and tells them by mail unless they chose themselves. Assigning the same person again
 * changes nothing. Throws NOT_FOUND, UNPROCESSABLE_CONTENT for somebody who left or may not change leads, CONFLICT with the current lead
 * when somebody else was faster.
 */
export async function assignLead(ctx: StaffContext, input: AssignLead): Promise<Lead> {
  const lead = await getLead(ctx, input.leadId);
  const formerId = lead.assignee?.id ?? null;
  if (formerId === input.assigneeId) return lead;
  if (input.formerId !== undefined && input.formerId !== formerId) throw overtaken(lead);
  const assignee = input.assigneeId === null ? null : await findAssignable(ctx, input.assigneeId);

  const at = ctx.now();
  const source = Prisma.sql`FROM changed`;
  const data = { assigneeId: input.assigneeId, formerId };
  const event = eventInsert(ctx, { type: "lead.assigned", leadId: lead.id, data }, source);
  const hears = assignee?.wantsOwnMail && assignee.id !== ctx.actor.user.id;
  const addresses = hears ? [assignee.email] : [];
  const mails = await colleagueMailInserts(
    ctx,
    { kind: "LEAD_ASSIGNED", leadId: lead.id, addresses },
    source,
  );
  const [changed] = await queryPreparedRows<{ version: number }>(
    ctx.db,
    Prisma.sql`WITH changed AS (
      UPDATE leads SET assignee_id = ${input.assigneeId}::uuid, assigned_at = ${input.assigneeId === null ? null : at}::timestamptz,
        version = version + 1, updated_at = ${at}::timestamptz
      WHERE id = ${lead.id}::uuid AND assignee_id IS NOT DISTINCT FROM ${formerId}::uuid RETURNING version
    ), ${Prisma.join([Prisma.sql`event AS (${event.sql})`, ...mails])}
    SELECT version FROM changed`,
  );
  const current = await findLead(ctx, lead.id);
  if (!current) throw new AppError("NOT_FOUND", "This lead does not exist or is not yours to see.");
  if (!changed) throw overtaken(current);
  ctx.live.tell({ leadId: lead.id, kind: "changed" });
  return current;
}

type Assignable = Colleague & { email: string; wantsOwnMail: boolean };

async function findAssignable(ctx: StaffContext, userId: string): Promise<Assignable> {
  const person = await ctx.db.prisma.user.findUnique({
    where: { id: userId, disabledAt: null },
    select: { id: true, name: true, role: true, email: true, wantsOwnMail: true },
  });
  if (!person || !canBeAssigned(person.role)) {
    const message = person
      ? `${person.name} can read leads but not change them. Choose somebody else.`
      : "This colleague is not here any more. Choose somebody else.";
    throw new AppError("UNPROCESSABLE_CONTENT", message, { errors: [{ path: "assigneeId", message }] });
  }
  return person;
}

function overtaken(current: Lead): AppError {
  const message = current.assignee
    ? `Somebody put ${current.assignee.name} in charge meanwhile.`
    : "Somebody left this lead to nobody meanwhile.";
  return new AppError("CONFLICT", message, { current });
}
