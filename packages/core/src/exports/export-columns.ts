import { Prisma } from "@intake/db/database";

/** A moment as seconds since 1970 on the reader's own clock. */
export interface LocalTime {
  localSeconds: number;
}
export type ExportCell = string | number | LocalTime | null;

export interface ExportColumn {
  title: string;
  /** Width in a workbook, in characters. */
  width: number;
}

/** A row as PostgreSQL returns it; times are seconds on the reader's clock. */
export interface ExportRow {
  reference: string;
  first_name: string;
  last_name: string;
  email: string;
  status: string;
  received: number;
  assignee: string | null;
  respond_by: number | null;
  reached_out: number | null;
  channel: string | null;
  minutes: number | null;
  file_name: string;
  scan_state: string;
  source: string;
  prospect_zone: string | null;
  updated: number;
}

/** The columns of `ExportRow`, of `leads l`, `resumes r` and the assignee `a`. */
export function exportSelect(timeZone: string): Prisma.Sql {
  const local = (column: Prisma.Sql) =>
    Prisma.sql`extract(epoch FROM date_trunc('second', ${column}) AT TIME ZONE ${timeZone}::text)::float8`;
  return Prisma.sql`l.reference, l.first_name, l.last_name, l.email, l.status::text, ${local(Prisma.sql`l.created_at`)} AS received,
    a.name AS assignee, ${local(Prisma.sql`l.respond_by`)} AS respond_by, ${local(Prisma.sql`l.reached_out_at`)} AS reached_out,
    l.contact_channel::text AS channel, l.response_minutes AS minutes, r.file_name, r.scan_state::text, l.source::text,
    l.time_zone AS prospect_zone, ${local(Prisma.sql`l.updated_at`)} AS updated`;
}

/** The head of the file; each time says whose clock it is. */
export function exportColumns(timeZone: string): ExportColumn[] {
  const time = (title: string) => ({ title: `${title} (${timeZone})`, width: 26 });
  return [
    { title: "Reference", width: 16 },
    { title: "First name", width: 18 },
    { title: "Last name", width: 22 },
    { title: "Email", width: 32 },
    { title: "Status", width: 13 },
    time("Received"),
    { title: "Assigned to", width: 20 },
    time("Answer by"),
    time("Reached out"),
    { title: "Reached by", width: 12 },
    { title: "Answered in (business minutes)", width: 16 },
    { title: "Resume", width: 30 },
    { title: "Resume check", width: 14 },
    { title: "Came through", width: 13 },
    { title: "Their time zone", width: 20 },
    time("Changed"),
  ];
}

const words: Record<string, string> = {
  PENDING: "Pending",
  REACHED_OUT: "Reached out",
  EMAIL: "Email",
  PHONE: "Phone",
  OTHER: "Other",
  FORM: "Form",
  API: "API",
};
const checkWords: Record<string, string> = {
  PENDING: "Not checked yet",
  CLEAN: "Clean",
  INFECTED: "Infected",
  UNSCANNABLE: "Locked",
  UNSCANNED: "No scanner",
};

/** The cells of a row, in the order of the columns. */
export function exportCells(row: ExportRow): ExportCell[] {
  const time = (localSeconds: number | null) => (localSeconds === null ? null : { localSeconds });
  const word = (value: string | null) => (value === null ? null : (words[value] ?? value));
  return [
    row.reference,
    row.first_name,
    row.last_name,
    row.email,
    word(row.status),
    time(row.received),
    row.assignee,
    time(row.respond_by),
    time(row.reached_out),
    word(row.channel),
    row.minutes,
    row.file_name,
    checkWords[row.scan_state] ?? row.scan_state,
    word(row.source),
    row.prospect_zone,
    time(row.updated),
  ];
}
