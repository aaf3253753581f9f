import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import type { ScanState } from "../resumes/schema";
import { queryRows } from "../sql";
import { getLead } from "./get-lead";
import type { LeadEvent, LeadStatus } from "./schema";

const maxEvents = 500;

interface EventRow {
  id: string;
  type: string;
  created_at: Date;
  actor_type: string;
  actor_id: string | null;
  actor_name: string | null;
  key_name: string | null;
  to_status: LeadStatus | null;
  channel: LeadEvent["channel"] | null;
  note: string | null;
  mail_kind: "LEAD_RECEIPT" | "LEAD_NOTICE" | null;
  mail_to: string | null;
  mail_error: string | null;
  is_unchecked: boolean | null;
  is_same_file: boolean | null;
  scan_state: ScanState | null;
  scan_reason: string | null;
}

/** A lead's history, newest first, at most 500 lines, with the mails that still wait. Throws NOT_FOUND. */
export async function listLeadEvents(ctx: StaffContext, leadId: string): Promise<LeadEvent[]> {
  await getLead(ctx, leadId);
  const rows = await queryRows<EventRow>(
    ctx.db,
    Prisma.sql`SELECT e.id, e.type, e.created_at, e.actor_type, e.actor_id, u.name AS actor_name, k.name AS key_name, e.data->>'to' AS to_status,
        e.data->>'channel' AS channel, n.body AS note, m.kind AS mail_kind, m.to_address AS mail_to, m.last_error AS mail_error,
        (e.data->>'isUnchecked')::boolean AS is_unchecked, (e.data->>'isSameFile')::boolean AS is_same_file,
        e.data->>'verdict' AS scan_state, r.scan_reason
      FROM audit_events e
        LEFT JOIN api_keys k ON k.id = CASE WHEN e.actor_type = 'api_key' THEN e.actor_id::uuid END
        LEFT JOIN users u ON u.id = COALESCE(k.user_id, CASE WHEN e.actor_type = 'user' THEN e.actor_id::uuid END)
        LEFT JOIN lead_notes n ON n.event_id = e.id
        LEFT JOIN resumes r ON r.id = (e.data->>'resumeId')::uuid AND r.scan_state::text = e.data->>'verdict'
        LEFT JOIN outbox_mails m ON m.id = (e.data->>'mailId')::uuid
      WHERE e.lead_id = ${leadId}::uuid AND e.type <> 'lead.viewed'
      UNION ALL
      SELECT m.id, 'mail.queued', m.created_at, 'system', NULL, NULL, NULL, NULL, NULL, NULL, m.kind, m.to_address, m.last_error,
        NULL, NULL, NULL, NULL
      FROM outbox_mails m WHERE m.lead_id = ${leadId}::uuid AND m.state IN ('QUEUED', 'SENDING')
      ORDER BY created_at DESC, id DESC LIMIT ${maxEvents}`,
  );
  return rows.map((row) => toEvent(ctx, row));
}

function toEvent(ctx: StaffContext, row: EventRow): LeadEvent {
  return {
    id: row.id,
    type: row.type,
    at: row.created_at.toISOString(),
    actor: toActor(ctx, row),
    status: row.to_status ?? undefined,
    channel: row.channel ?? undefined,
    note: row.note ?? undefined,
    isUnchecked: row.is_unchecked ?? undefined,
    isSameFile: row.is_same_file ?? undefined,
    check: row.scan_state ? { state: row.scan_state, reason: row.scan_reason ?? undefined } : undefined,
    mail:
      row.mail_kind && row.mail_to
        ? { kind: row.mail_kind, to: row.mail_to, reason: row.mail_error ?? undefined }
        : undefined,
  };
}

function toActor(ctx: StaffContext, row: EventRow): LeadEvent["actor"] {
  if (row.actor_type === "user") {
    return {
      type: "user",
      name: row.actor_name ?? "A former colleague",
      isYou: row.actor_id === ctx.actor.user.id,
    };
  }
  if (row.actor_type === "api_key") {
    return { type: "api_key", name: row.actor_name ?? "A former colleague", key: row.key_name ?? "" };
  }
  return row.actor_type === "prospect" ? { type: "prospect" } : { type: "system" };
}
