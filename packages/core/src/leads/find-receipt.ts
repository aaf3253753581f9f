import { Prisma } from "@intake/db/database";
import type { Context } from "../context";
import { AppError } from "../errors";
import { queryPreparedRows } from "../sql";
import { getLead } from "./get-lead";
import { type LeadRow, leadColumns, leadTables, toLead } from "./lead-row";
import { readReceiptToken, receiptUrl } from "./receipt-url";
import type { Lead, LeadReceipt } from "./schema";

/** The receipt that belongs to an idempotency key, with the fingerprint of what was sent then; null when the key is new. */
export async function findReceiptByKey(
  ctx: Pick<Context, "db" | "keyring" | "settings">,
  key: string,
): Promise<{ receipt: LeadReceipt; fingerprint: string } | null> {
  const rows = await queryPreparedRows<LeadRow & { fingerprint: string }>(
    ctx.db,
    Prisma.sql`SELECT ${leadColumns}, i.fingerprint FROM ${leadTables} JOIN idempotency_records i ON i.lead_id = l.id
      WHERE i.key = ${key}`,
  );
  const row = rows[0];
  if (!row) return null;
  const lead = toLead(row);
  const receipt: LeadReceipt = {
    id: lead.id,
    reference: lead.reference,
    // As it was answered then: a receipt is about the submission, not about what became of it.
    status: "PENDING",
    receivedAt: lead.createdAt,
    resume: { fileName: lead.resume.fileName, sizeBytes: lead.resume.sizeBytes, sha256: lead.resume.sha256 },
    receiptUrl: receiptUrl(ctx, lead.id),
  };
  return { receipt, fingerprint: row.fingerprint };
}

/** The lead behind a thank-you address. Throws NOT_FOUND for anything that is not one of our links. */
export async function getLeadByReceiptToken(
  ctx: Pick<Context, "db" | "keyring">,
  token: string,
): Promise<Lead> {
  const leadId = readReceiptToken(ctx, token);
  if (!leadId) throw new AppError("NOT_FOUND", "This receipt does not exist.");
  return getLead(ctx, leadId);
}
