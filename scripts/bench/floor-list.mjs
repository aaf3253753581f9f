// The reads of the floor: the queries that somebody would write by hand for the tables there are.

export const leadColumns = `l.id, l.reference, l.first_name, l.last_name, l.email, l.status, l.created_at, l.updated_at, l.version,
  l.source, l.time_zone, l.assignee_id, a.name AS assignee_name, l.respond_by, l.reached_out_at, l.response_minutes,
  r.id AS resume_id, r.file_name, r.format, r.size_bytes, r.sha256, r.scan_state, r.scan_reason`;
export const leadTables =
  "leads l JOIN resumes r ON r.storage_key = l.resume_path LEFT JOIN users a ON a.id = l.assignee_id";

const mostCounted = 1000;

/** @type {Record<string, { column: string; cast: string; keyOf: (row: import("pg").QueryResultRow) => string }>} */
const sorts = {
  createdAt: { column: "l.created_at", cast: "timestamptz", keyOf: (row) => row.created_at.toISOString() },
  lastName: { column: "l.last_name", cast: "text", keyOf: (row) => row.last_name },
};

/**
 * @param {import("pg").Pool} pool
 * @param {string} userId
 * @param {Record<string, string>} query
 */
export async function list(pool, userId, query) {
  const { sort = "createdAt", order = "desc", limit = "25", cursor } = query;
  const by = sorts[sort];
  if (!by) throw new Error(`The floor does not sort by ${sort}`);
  /** @type {unknown[]} */
  const values = [];
  /** @param {unknown} value */
  const bind = (value) => `$${values.push(value)}`;
  const inResumes = query.in === "resume";
  // Left to choose, PostgreSQL walks all leads for a word that few resumes hold.
  const found = inResumes ? `WITH found AS MATERIALIZED (${foundByResume(bind(`'${query.q}':*`))})` : "";
  const leads = inResumes ? "found l" : "leads l";
  const tables = leadTables.replace("leads l", leads);
  const filters = filtersOf(query, bind);
  const isKept = !query.q && !query.email && !query.createdFrom;
  const total = isKept
    ? `SELECT coalesce(sum(total), 0) FROM lead_counts ${query.status ? `WHERE status = ${bind(query.status)}::lead_status` : ""}`
    : `SELECT count(*) FROM (SELECT 1 FROM ${leads} ${where(filters)} LIMIT ${mostCounted + 1}) AS matches`;
  const place = cursor ? JSON.parse(Buffer.from(cursor, "base64url").toString()) : null;
  const conditions = place
    ? [
        ...filters,
        `(${by.column}, l.id) ${order === "desc" ? "<" : ">"} (${bind(place.key[0])}::${by.cast}, ${bind(place.id)}::uuid)`,
      ]
    : filters;
  const me = bind(userId);
  const { rows } = await pool.query(
    `${found} SELECT ${leadColumns}, (${total}) AS total,
        (SELECT m.state FROM outbox_mails m WHERE m.lead_id = l.id AND m.kind = 'LEAD_RECEIPT' ORDER BY m.id DESC LIMIT 1) AS receipt_state,
        coalesce((SELECT NOT m.is_read FROM lead_reads m WHERE m.user_id = ${me} AND m.lead_id = l.id),
          l.created_at >= (SELECT u.created_at FROM users u WHERE u.id = ${me})) AS is_unread
        ${inResumes ? ", (SELECT t.body FROM resume_texts t WHERE t.resume_id = r.id) AS body" : ""}
      FROM ${tables} ${where(conditions)}
      ORDER BY ${by.column} ${order}, l.id ${order} LIMIT ${Number(limit) + 1}`,
    values,
  );
  const page = rows.slice(0, Number(limit));
  /** @param {import("pg").QueryResultRow | undefined} row @param {string} direction */
  const cursorAt = (row, direction) =>
    row
      ? Buffer.from(JSON.stringify({ sort, order, direction, key: [by.keyOf(row)], id: row.id })).toString(
          "base64url",
        )
      : null;
  const counted = Number(rows[0]?.total ?? 0);
  const known = isKept ? counted : Math.min(counted, mostCounted);
  const reached = isKept && sort === "createdAt" ? known : Math.min(known, mostCounted);
  return {
    items: page.map((row) => ({
      ...toLead(row),
      isUnread: row.is_unread,
      receiptState: row.receipt_state,
    })),
    nextCursor: rows.length > page.length ? cursorAt(page.at(-1), "next") : null,
    prevCursor: place ? cursorAt(page[0], "prev") : null,
    total: known,
    totalIsExact: isKept || counted <= mostCounted,
    page: place ? null : 1,
    lastPage: Math.max(1, Math.ceil(reached / Number(limit))),
  };
}

/** @param {string[]} conditions */
function where(conditions) {
  return conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : "";
}

/** @param {string} words */
function foundByResume(words) {
  return `SELECT l.* FROM resume_texts t JOIN resumes r ON r.id = t.resume_id AND r.scan_state IN ('CLEAN', 'UNSCANNED')
    JOIN leads l ON l.id = r.lead_id AND l.resume_path = r.storage_key WHERE t.words @@ ${words}::tsquery`;
}

/** @param {Record<string, string>} query @param {(value: unknown) => string} bind */
function filtersOf({ status, email, q, in: area, createdFrom, createdTo }, bind) {
  const filters = [];
  if (status) filters.push(`l.status = ${bind(status)}::lead_status`);
  if (createdFrom) filters.push(`l.created_at >= ${bind(createdFrom)}`);
  if (createdTo) filters.push(`l.created_at < ${bind(createdTo)}::timestamptz + interval '1 day'`);
  if (email?.includes("@") && !email.startsWith("@"))
    filters.push(`l.email_key = ${bind(email.toLowerCase())}`);
  else if (email) {
    const part = bind(`%${email.toLowerCase()}%`);
    filters.push(`l.search_text LIKE ${part}`, `l.email ILIKE ${part}`);
  }
  if (q && area !== "resume") filters.push(`l.search_text LIKE ${bind(`%${q.toLowerCase()}%`)}`);
  return filters;
}

/** @param {import("pg").QueryResultRow} row */
export function toLead(row) {
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
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name },
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
