import { Prisma } from "@intake/db/database";
import type { ResumeFormat, ScanState } from "../resumes/schema";
import type { Lead, LeadStatus } from "./schema";

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
  r.id AS resume_id, r.file_name, r.format, r.size_bytes, r.sha256, r.scan_state, r.scan_reason`;

/** A lead with its newest resume. */
export const leadTables = Prisma.sql`leads l JOIN resumes r ON r.storage_key = l.resume_path`;

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
