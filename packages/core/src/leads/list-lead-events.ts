import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { type MailOutcome, maySendAgain } from "../mail/policy";
import type { RelationKind } from "../relations/schema";
import type { ScanState } from "../resumes/schema";
import { queryRows } from "../sql";
import { getLead } from "./get-lead";
import { historyPageSize, type LeadEvent, type LeadStatus, type ListLeadEvents } from "./schema";

interface EventRow {
  id: string;
  type: string;
  at: Date;
  times: number;
  actor_type: string;
  actor_id: string | null;
  actor_name: string | null;
  key_name: string | null;
  status: LeadStatus | null;
  channel: LeadEvent["channel"] | null;
  is_undo: boolean | null;
  is_bulk: boolean;
  is_unchecked: boolean | null;
  is_same_file: boolean | null;
  note_id: string | null;
  note: string | null;
  note_at: Date | null;
  note_edited_at: Date | null;
  note_author_id: string | null;
  mentions: string[] | null;
  mentions_you: boolean | null;
  assignee_id: string | null;
  assignee_name: string | null;
  other_id: string | null;
  other_reference: string | null;
  relation: RelationKind | null;
  mail_kind: NonNullable<LeadEvent["mail"]>["kind"] | null;
  mail_to: string | null;
  mail_id: string | null;
  mail_state: MailOutcome["state"] | null;
  mail_error: string | null;
  mail_is_resent: boolean;
  scan_state: ScanState | null;
  scan_reason: string | null;
}

/**
 * A lead's history, newest first, a page at a time, with the mails that still wait. Looking at the lead or its resume again and again is
 * one line per person and day of the reader's zone. Throws NOT_FOUND.
 */
export async function listLeadEvents(ctx: StaffContext, input: ListLeadEvents): Promise<LeadEvent[]> {
  await getLead(ctx, input.leadId);
  const rows = await queryRows<EventRow>(ctx.db, historyQuery(ctx, input));
  return rows.map((row) => toEvent(ctx, row));
}

/** Which lines stand on the page comes first, what they say after: names and notes are looked up for one page only. */
function historyQuery(ctx: StaffContext, { leadId, only, cursor }: ListLeadEvents): Prisma.Sql {
  const you = ctx.actor.user.id;
  const after = cursor
    ? Prisma.sql`WHERE (line.at, line.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`
    : Prisma.empty;
  const wanted =
    only === "notes"
      ? Prisma.sql`EXISTS (SELECT 1 FROM lead_notes n WHERE n.event_id = e.id)`
      : Prisma.sql`true`;
  return Prisma.sql`WITH page AS (
      SELECT * FROM (${only === "notes" ? linesOfEvents(leadId, wanted) : allLines(ctx, leadId)}) AS line ${after}
      ORDER BY line.at DESC, line.id DESC LIMIT ${historyPageSize}
    )
    SELECT p.id, p.type, p.at, p.times::int, p.actor_type, p.actor_id, u.name AS actor_name, k.name AS key_name,
      CASE WHEN p.type IN ('lead.status_changed', 'lead.reverted') THEN p.data->>'to' END AS status, p.data->>'channel' AS channel,
      (p.data->>'isUndo')::boolean AS is_undo, p.data->>'bulkId' IS NOT NULL AS is_bulk,
      (p.data->>'isUnchecked')::boolean AS is_unchecked, (p.data->>'isSameFile')::boolean AS is_same_file,
      n.id AS note_id, n.body AS note, n.created_at AS note_at, n.edited_at AS note_edited_at, n.author_id AS note_author_id,
      ARRAY(SELECT named.name FROM note_mentions nm JOIN users named ON named.id = nm.user_id WHERE nm.note_id = n.id) AS mentions,
      EXISTS (SELECT 1 FROM note_mentions nm WHERE nm.note_id = n.id AND nm.user_id = ${you}::uuid) AS mentions_you,
      a.id AS assignee_id, a.name AS assignee_name, o.id AS other_id, o.reference AS other_reference, p.data->>'kind' AS relation,
      m.kind AS mail_kind, m.to_address AS mail_to, m.last_error AS mail_error, m.id AS mail_id, m.state AS mail_state,
      EXISTS (SELECT 1 FROM outbox_mails again WHERE again.resends_id = m.id) AS mail_is_resent, p.data->>'verdict' AS scan_state, r.scan_reason
    FROM page p
      LEFT JOIN api_keys k ON k.id = CASE WHEN p.actor_type = 'api_key' THEN p.actor_id::uuid END
      LEFT JOIN users u ON u.id = COALESCE(k.user_id, CASE WHEN p.actor_type = 'user' THEN p.actor_id::uuid END)
      LEFT JOIN lead_notes n ON n.event_id = p.id
      LEFT JOIN users a ON a.id = (p.data->>'assigneeId')::uuid
      LEFT JOIN leads o ON o.id = (p.data->>'otherId')::uuid
      LEFT JOIN resumes r ON r.id = (p.data->>'resumeId')::uuid AND r.scan_state::text = p.data->>'verdict'
      LEFT JOIN outbox_mails m ON m.id = (p.data->>'mailId')::uuid
    ORDER BY p.at DESC, p.id DESC`;
}

/** What happened, except for what has lines of its own: reading, and edits, which the note itself tells. */
function linesOfEvents(leadId: string, wanted: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`SELECT e.id, e.type, e.created_at AS at, 1 AS times, e.actor_type, e.actor_id, e.data FROM audit_events e
    WHERE e.lead_id = ${leadId}::uuid AND e.type NOT IN ('lead.viewed', 'resume.viewed', 'lead.note_edited') AND ${wanted}`;
}

function allLines(ctx: StaffContext, leadId: string): Prisma.Sql {
  return Prisma.sql`${linesOfEvents(leadId, Prisma.sql`true`)}
    UNION ALL
    SELECT max(e.id::text)::uuid, e.type, max(e.created_at), count(*), e.actor_type, e.actor_id, '{}'::jsonb FROM audit_events e
    WHERE e.lead_id = ${leadId}::uuid AND e.type IN ('lead.viewed', 'resume.viewed')
    GROUP BY e.type, e.actor_type, e.actor_id, (e.created_at AT TIME ZONE ${ctx.actor.user.timeZone})::date
    UNION ALL
    SELECT m.id, 'mail.queued', m.created_at, 1, 'system', NULL, jsonb_build_object('mailId', m.id) FROM outbox_mails m
    WHERE m.lead_id = ${leadId}::uuid AND m.state IN ('QUEUED', 'SENDING')`;
}

function toEvent(ctx: StaffContext, row: EventRow): LeadEvent {
  const isAssignment = row.type === "lead.assigned";
  const you = ctx.actor.user.id;
  return {
    id: row.id,
    type: row.type,
    at: row.at.toISOString(),
    actor: toActor(you, row),
    status: row.status ?? undefined,
    channel: row.channel ?? undefined,
    isUndo: row.is_undo ?? undefined,
    isBulk: row.is_bulk || undefined,
    note: row.note ?? undefined,
    noteFacts: toNoteFacts(you, row),
    times: row.times > 1 ? row.times : undefined,
    assignee: isAssignment ? toAssignee(you, row) : undefined,
    other:
      row.other_id && row.other_reference
        ? { id: row.other_id, reference: row.other_reference, kind: row.relation ?? undefined }
        : undefined,
    isUnchecked: row.is_unchecked ?? undefined,
    isSameFile: row.is_same_file ?? undefined,
    check: row.scan_state ? { state: row.scan_state, reason: row.scan_reason ?? undefined } : undefined,
    mail:
      row.mail_kind && row.mail_to
        ? { kind: row.mail_kind, to: row.mail_to, reason: row.mail_error ?? undefined, again: toAgain(row) }
        : undefined,
  };
}

/** Only the line that tells of the failure offers it. */
function toAgain(row: EventRow): NonNullable<LeadEvent["mail"]>["again"] {
  if (row.mail_id === null || row.mail_state === null) return undefined;
  if (row.type !== "mail.failed" && row.type !== "mail.suppressed") return undefined;
  const way = maySendAgain({
    ...{ state: row.mail_state, lastError: row.mail_error, isResent: row.mail_is_resent },
  });
  return way ? { mailId: row.mail_id, addressRefuses: way === "knowing" } : undefined;
}

function toNoteFacts(you: string, row: EventRow): LeadEvent["noteFacts"] {
  if (row.note_id === null || row.note_at === null) return undefined;
  return {
    id: row.note_id,
    writtenAt: row.note_at.toISOString(),
    editedAt: row.note_edited_at?.toISOString() ?? null,
    isYours: row.note_author_id === you,
    mentionsYou: row.mentions_you ?? false,
    mentions: row.mentions ?? [],
  };
}

function toAssignee(you: string, row: EventRow): LeadEvent["assignee"] {
  if (row.assignee_id === null) return null;
  return {
    id: row.assignee_id,
    name: row.assignee_name ?? "A former colleague",
    isYou: row.assignee_id === you,
  };
}

function toActor(you: string, row: EventRow): LeadEvent["actor"] {
  if (row.actor_type === "user") {
    return { type: "user", name: row.actor_name ?? "A former colleague", isYou: row.actor_id === you };
  }
  if (row.actor_type === "api_key") {
    return { type: "api_key", name: row.actor_name ?? "A former colleague", key: row.key_name ?? "" };
  }
  return row.actor_type === "prospect" ? { type: "prospect" } : { type: "system" };
}
