import { Prisma } from "@intake/db/database";
import type { ResumeFormat, ScanState } from "../resumes/schema";
import type { Lead, LeadSource, LeadStatus } from "./schema";

/** The columns of `leadColumns`, as PostgreSQL returns them. */
export interface LeadRow {
  id: string;
  reference: string;
  first_name: string;
  last_name: string;
  email: string;
  status: LeadStatus;
  created_at: Date;
  updated_at: Date;
  version: number;
  source: LeadSource;
  time_zone: string | null;
  assignee_id: string | null;
  assignee_name: string | null;
  assignee_left: boolean;
  respond_by: Date | null;
  reached_out_at: Date | null;
  response_minutes: number | null;
  resume_id: string;
  file_name: string;
  format: ResumeFormat;
  size_bytes: number;
  sha256: string;
  scan_state: ScanState;
  scan_reason: string | null;
}

/** What leaves the server about a lead, and nothing else. Use with `leadTables`. */
export const leadColumns = Prisma.sql`l.id, l.reference, l.first_name, l.last_name, l.email, l.status, l.created_at, l.updated_at, l.version,
  l.source, l.time_zone, l.assignee_id, a.name AS assignee_name, a.disabled_at IS NOT NULL AS assignee_left, l.respond_by, l.reached_out_at, l.response_minutes,
  r.id AS resume_id, r.file_name, r.format, r.size_bytes, r.sha256, r.scan_state, r.scan_reason`;

/** A lead with its newest resume and whoever is in charge of it. */
export const leadTables = leadTablesOf(Prisma.sql`leads`);

/** The same for the leads of another source, such as the rows of one page. */
export function leadTablesOf(leads: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`${leads} l JOIN resumes r ON r.storage_key = l.resume_path LEFT JOIN users a ON a.id = l.assignee_id`;
}

/**
 * Whether the newest resume, `r`, may be looked at. Of a file that may not be opened nothing is told either. What our own findings locked
 * can still be read as pictures.
 */
export const isOpenResume = Prisma.sql`(r.scan_state IN ('CLEAN', 'UNSCANNED') OR (r.scan_state = 'UNSCANNABLE' AND r.findings @> '[{"severity": "blocked"}]'))`;

export function toLead(row: LeadRow): Lead {
  return {
    id: row.id,
    reference: row.reference,
    firstName: row.first_name,
    lastName: row.last_name,
    email: row.email,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
    source: row.source,
    timeZone: row.time_zone,
    assignee:
      row.assignee_id === null || row.assignee_name === null
        ? null
        : { id: row.assignee_id, name: row.assignee_name, ...(row.assignee_left && { hasLeft: true }) },
    respondBy: row.respond_by?.toISOString() ?? null,
    reachedOutAt: row.reached_out_at?.toISOString() ?? null,
    responseMinutes: row.response_minutes,
    resume: {
      id: row.resume_id,
      fileName: row.file_name,
      format: row.format,
      sizeBytes: row.size_bytes,
      sha256: row.sha256,
      scanState: row.scan_state,
      scanReason: row.scan_reason,
    },
  };
}
