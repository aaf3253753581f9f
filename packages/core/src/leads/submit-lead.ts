import { createHash, randomUUID } from "node:crypto";
import { isUniqueViolation } from "@intake/db/connection-errors";
import { Prisma } from "@intake/db/database";
import { uuidv7 } from "uuidv7";
import { newLeadAssignment } from "../assignment/new-lead-assignment";
import { eventInsert } from "../audit/record-event";
import type { Context } from "../context";
import { addressKey } from "../email-address";
import { AppError } from "../errors";
import { promiseOf } from "../follow-up/promise-of";
import { findTeamAddresses, mailInserts } from "../mail/mail-inserts";
import { type OfficeRules, readOfficeRules } from "../office/read-office-rules";
import type { LocalFile } from "../ports/local-file";
import { StorageUnavailableError } from "../ports/storage";
import { cleanFileName } from "../resumes/file-name";
import { firstScanDueAt } from "../resumes/queue-due-scans";
import type { ResumeFormat } from "../resumes/schema";
import { StorageQuotaError } from "../resumes/storage-quota";
import { queryPreparedRows, toSql } from "../sql";
import { findReceiptByKey } from "./find-receipt";
import { receiptUrl } from "./receipt-url";
import { newReference } from "./reference";
import type { LeadFields, LeadReceipt, LeadSource } from "./schema";

/** A resume that was received whole and proven by structure. */
export type SpooledResume = LocalFile & {
  fileName: string;
  format: ResumeFormat;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
};

export interface SubmitLeadInput {
  fields: LeadFields;
  resume: SpooledResume;
  idempotencyKey: string | null;
  source: LeadSource;
  /** IANA name of the zone the prospect's browser told. */
  timeZone: string | null;
}

/**
 * Takes a lead in (PRD 2.1) so that it cannot be lost: the file durable first, then lead, event, idempotency record, mails and jobs
 * in one transaction, then the answer (security rules 8–10). The same key with the same content answers with the first lead.
 * Throws UNPROCESSABLE_CONTENT when the key was used for something else, SERVICE_UNAVAILABLE when the quota is used up.
 */
export async function submitLead(
  ctx: Context,
  input: SubmitLeadInput,
): Promise<{ receipt: LeadReceipt; isReplay: boolean }> {
  const submission = newSubmission(ctx, input);
  try {
    await takeIn(ctx, submission);
  } catch (error) {
    // Repeats are few, so one is looked for only here, where it ends: at its key, or at what keeps new leads out.
    const earlier = await findReplay(ctx, submission, error);
    if (!earlier) throw error;
    return { receipt: earlier, isReplay: true };
  }
  ctx.live.tell({ leadId: submission.leadId, kind: "created" });
  ctx.log.info({ leadId: submission.leadId, sizeBytes: input.resume.sizeBytes }, "lead submitted");
  return { receipt: toReceipt(ctx, submission), isReplay: false };
}

async function takeIn(ctx: Context, submission: Submission): Promise<void> {
  await ctx.quota.admit(submission.resume.sizeBytes);
  const [rules, teamAddresses] = await Promise.all([readOfficeRules(ctx), findTeamAddresses(ctx)]);
  const { keyName } = await ctx.storage.putFile(submission, submission.resume);
  // When this fails the commit may have happened although its answer was lost: the file stays, the sweeper takes it if no lead came of it.
  await writeSubmission(ctx, { ...submission, keyName }, { rules, teamAddresses });
}

type Submission = ReturnType<typeof newSubmission>;

function newSubmission(ctx: Context, input: SubmitLeadInput) {
  return {
    ...input.fields,
    leadId: uuidv7(),
    resumeId: uuidv7(),
    reference: newReference(),
    storageKey: `resumes/${randomUUID()}`,
    fileName: cleanFileName(input.resume.fileName),
    resume: input.resume,
    scanState: ctx.scanner.name === "none" ? ("UNSCANNED" as const) : ("PENDING" as const),
    idempotencyKey: input.idempotencyKey,
    source: input.source,
    timeZone: input.timeZone,
    fingerprint: fingerprintOf(input),
    at: ctx.now(),
  };
}

/**
 * Every row of a submission in one statement, which is one transaction: one round trip, and the row of totals that other submissions
 * also need is locked for the commit only.
 */
async function writeSubmission(
  ctx: Context,
  lead: Submission & { keyName: string },
  { rules, teamAddresses }: { rules: OfficeRules; teamAddresses: string[] },
): Promise<void> {
  const { respondBy, remindAt } = promiseOf(rules, lead.at);
  const assignment = await newLeadAssignment(ctx, { rules, teamAddresses, at: lead.at });
  const event = eventInsert(ctx, { type: "lead.submitted", leadId: lead.leadId });
  const { mails, jobs } = await mailInserts(ctx, {
    leadId: lead.leadId,
    prospectAddress: lead.email,
    teamAddresses,
  });
  const leadInsert = Prisma.sql`lead AS (
      INSERT INTO leads (id, reference, first_name, last_name, email, email_key, resume_path, source, time_zone, respond_by, follow_up_at,
        assignee_id, assigned_at, created_at, updated_at)
      VALUES (${lead.leadId}::uuid, ${lead.reference}, ${lead.firstName}, ${lead.lastName}, ${lead.email}, ${addressKey(lead.email)},
        ${lead.storageKey}, ${lead.source}::lead_source, ${lead.timeZone}, ${respondBy}, ${remindAt},
        ${assignment.assigneeId}, ${assignment.assignedAt}, ${lead.at}, ${lead.at})
      RETURNING id, assignee_id
    )`;
  const scan = toSql(await ctx.queue.jobInsert("resume.scan", [{ data: { resumeId: lead.resumeId } }]));
  await queryPreparedRows(
    ctx.db,
    Prisma.sql`WITH ${Prisma.join([...assignment.before, leadInsert], ", ")}, resume AS (
      INSERT INTO resumes (id, lead_id, storage_key, key_name, file_name, format, size_bytes, sha256, scan_state, scan_due_at, created_at)
      VALUES (${lead.resumeId}::uuid, ${lead.leadId}::uuid, ${lead.storageKey}, ${lead.keyName}, ${lead.fileName}, ${lead.resume.format}::resume_format,
        ${lead.resume.sizeBytes}, ${lead.resume.sha256}, ${lead.scanState}::scan_state,
        ${firstScanDueAt(lead.at)}, ${lead.at})
    ), idempotency AS (
      INSERT INTO idempotency_records (key, fingerprint, lead_id, created_at)
      SELECT ${lead.idempotencyKey}, ${lead.fingerprint}, ${lead.leadId}::uuid, ${lead.at}::timestamptz
      WHERE ${lead.idempotencyKey}::text IS NOT NULL
    ), ${Prisma.join([...assignment.after, Prisma.sql`event AS (${event.sql})`], ", ")}, mails AS (${mails}), jobs AS (${jobs}),
      scan AS (${scan})
    SELECT 1`,
  );
}

/** The receipt of the submission that this one repeats, after the error it ran into; null when it repeats none. */
async function findReplay(ctx: Context, submission: Submission, error: unknown): Promise<LeadReceipt | null> {
  const { idempotencyKey: key, fingerprint, storageKey } = submission;
  const isRepeat = isUniqueViolation(error, "idempotency_records_pkey");
  const isKeptOut = error instanceof StorageQuotaError || error instanceof StorageUnavailableError;
  if (key === null || !(isRepeat || isKeptOut)) return null;
  if (isRepeat) await ctx.storage.delete(storageKey);
  const found = await findReceiptByKey(ctx, key);
  if (!found && isRepeat)
    throw new AppError("CONFLICT", "This is being sent already. Wait a moment and try again.", {
      cause: error,
    });
  if (!found) return null;
  if (found.fingerprint !== fingerprint) {
    throw new AppError("UNPROCESSABLE_CONTENT", "This idempotency key was used for a different submission.", {
      errors: [{ path: "idempotencyKey", message: "Use a new key for a new submission." }],
    });
  }
  return found.receipt;
}

function fingerprintOf({ fields, resume }: SubmitLeadInput): string {
  const content = JSON.stringify([
    fields.firstName,
    fields.lastName,
    fields.email,
    resume.fileName,
    resume.sha256,
  ]);
  return createHash("sha256").update(content).digest("hex");
}

function toReceipt(ctx: Context, lead: Submission): LeadReceipt {
  return {
    id: lead.leadId,
    reference: lead.reference,
    status: "PENDING",
    receivedAt: lead.at.toISOString(),
    resume: { fileName: lead.fileName, sizeBytes: lead.resume.sizeBytes, sha256: lead.resume.sha256 },
    receiptUrl: receiptUrl(ctx, lead.leadId),
  };
}
