import { Prisma, type Transaction } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import type { Context } from "../context";
import { findTeamAddresses } from "../mail/mail-inserts";
import { openDigests } from "../mail/open-digest";
import { isOpen } from "../office/policy";
import { readOfficeRules } from "../office/read-office-rules";
import { toSql } from "../sql";
import { escalationAddresses, type Hearer, nextStep, reminderAddresses } from "./policy";

const batchSize = 200;
/** Batches of one run: the next comes in a minute. */
const batchesPerRun = 50;
/** What falls due when the office closes is still told then, not the next morning; in milliseconds. */
const closingGrace = 2 * 60_000;
/** More mails of one batch to one address than this are told in a digest, which waits so many seconds for those of the next batches. */
const mostSingleMails = 5;
const digestWaitSeconds = 60;

interface DueLead {
  id: string;
  assigneeId: string | null;
  respondBy: Date;
  remindedAt: Date | null;
  escalatedAt: Date | null;
}

/**
 * Reminds of the leads that wait and escalates the late ones, in the office's hours only. What a lead is due, its mails and its event are
 * one transaction, and workers at once take different leads: nobody hears anything twice. Returns how many leads it saw to.
 */
export async function followUpLeads(ctx: Context): Promise<number> {
  const { hours } = await readOfficeRules(ctx);
  const now = ctx.now();
  if (!isOpen(hours, now) && !isOpen(hours, new Date(now.getTime() - closingGrace))) return 0;
  let followedUp = 0;
  for (let batch = 0; batch < batchesPerRun; batch += 1) {
    const leads = await followUpBatch(ctx);
    followedUp += leads.length;
    for (const { id } of leads) ctx.live.tell({ leadId: id, kind: "mail" });
    if (leads.length < batchSize) break;
  }
  return followedUp;
}

function followUpBatch(ctx: Context): Promise<DueLead[]> {
  return ctx.db.prisma.$transaction(async (tx) => {
    const leads = await tx.$queryRaw<DueLead[]>(
      Prisma.sql`SELECT id, assignee_id AS "assigneeId", respond_by AS "respondBy", reminded_at AS "remindedAt",
          escalated_at AS "escalatedAt" FROM leads
        WHERE status = 'PENDING' AND follow_up_at <= ${ctx.now()} ORDER BY follow_up_at LIMIT ${batchSize}
        FOR NO KEY UPDATE SKIP LOCKED`,
    );
    if (leads.length === 0) return leads;
    const steps = await planSteps(ctx, tx, leads);
    const digests = await digestsFor(ctx, tx, steps);
    await writeSteps(ctx, tx, { steps, digests });
    return leads;
  });
}

/** What happens to one lead. */
interface Step {
  leadId: string;
  eventId: string;
  kind: ReturnType<typeof nextStep>;
  /** When to look at it again; null for never. */
  followUpAt: Date | null;
  mails: { id: string; to: string }[];
}

async function planSteps(ctx: Context, tx: Transaction, leads: DueLead[]): Promise<Step[]> {
  const now = ctx.now();
  const people = await tx.$queryRaw<Hearer[]>(
    Prisma.sql`SELECT id, email, role::text, wants_own_mail AS "wantsOwnMail", time_zone AS "timeZone",
      away_from::text AS "awayFrom", away_until::text AS "awayUntil" FROM users WHERE disabled_at IS NULL ORDER BY id`,
  );
  const teamAddresses = await findTeamAddresses(ctx);
  return leads.map((lead) => {
    const kind = nextStep(lead, now);
    const hearing = { assigneeId: lead.assigneeId, people, teamAddresses, now };
    const addresses = {
      REMIND: reminderAddresses,
      ESCALATE: escalationAddresses,
      NONE: () => [],
    }[kind](hearing);
    return {
      leadId: lead.id,
      eventId: uuidv7(),
      kind,
      followUpAt: lead.respondBy > now ? lead.respondBy : null,
      mails: addresses.map((to) => ({ id: uuidv7(), to })),
    };
  });
}

/** The digests of the addresses that would get too many mails. */
function digestsFor(ctx: Context, tx: Transaction, steps: Step[]): Promise<Map<string, string>> {
  const counts = new Map<string, number>();
  for (const { to } of steps.flatMap(({ mails }) => mails)) counts.set(to, (counts.get(to) ?? 0) + 1);
  const addresses = [...counts].filter(([, count]) => count > mostSingleMails).map(([address]) => address);
  return openDigests(ctx, tx, { addresses, waitSeconds: digestWaitSeconds });
}

async function writeSteps(
  ctx: Context,
  tx: Transaction,
  { steps, digests }: { steps: Step[]; digests: Map<string, string> },
): Promise<void> {
  const at = ctx.now();
  const mails = steps.flatMap((step) =>
    step.mails.map((mail) => ({
      ...mail,
      leadId: step.leadId,
      kind: step.kind === "REMIND" ? "LEAD_REMINDER" : "LEAD_ESCALATION",
      digestId: digests.get(mail.to) ?? null,
    })),
  );
  const rows = steps.map(({ mails, ...step }) => ({ ...step, mails: mails.length }));
  await tx.$executeRaw(
    Prisma.sql`WITH step AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS s("leadId" uuid, "eventId" uuid, kind text, "followUpAt" timestamptz, mails int)
    ), changed AS (
      UPDATE leads l SET follow_up_at = s."followUpAt",
        reminded_at = CASE s.kind WHEN 'REMIND' THEN ${at}::timestamptz ELSE l.reminded_at END,
        escalated_at = CASE s.kind WHEN 'ESCALATE' THEN ${at}::timestamptz ELSE l.escalated_at END
      FROM step s WHERE l.id = s."leadId"
    ), told AS (
      INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, data, created_at)
      SELECT "eventId", CASE kind WHEN 'REMIND' THEN 'lead.reminded' ELSE 'lead.escalated' END, 'system', 'leads.follow-up', "leadId",
        jsonb_build_object('mails', mails), ${at}::timestamptz
      FROM step WHERE kind <> 'NONE'
    )
    INSERT INTO outbox_mails (id, kind, lead_id, digest_id, to_address, next_attempt_at, created_at)
    SELECT id, kind, "leadId", "digestId", "to", ${at}::timestamptz, ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(mails)}::jsonb)
      AS m(id uuid, kind mail_kind, "leadId" uuid, "digestId" uuid, "to" text)`,
  );
  const jobs = mails.filter(({ digestId }) => digestId === null).map(({ id }) => ({ data: { mailId: id } }));
  if (jobs.length > 0) await tx.$executeRaw(toSql(await ctx.queue.jobInsert("mail.deliver", jobs)));
}
