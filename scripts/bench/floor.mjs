// The floor: the smallest honest server for the same work on node:http and pg. It takes the same requests, runs the same
// queries with the same session look-up, writes the same rows and files as durably, and answers the same JSON. It validates
// nothing, counts nothing, logs nothing, and knows no roles: what the product costs above it is what the product adds.
//   DATABASE_URL, PORT, STORAGE_DIR
import { createServer } from "node:http";
import pg from "pg";
import { takeIn } from "./floor-submit.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const place = { pool, directory: process.env.STORAGE_DIR ?? "" };

const leadColumns = `l.id, l.reference, l.first_name, l.last_name, l.email, l.status, l.created_at, l.updated_at, l.version,
  r.id AS resume_id, r.file_name, r.format, r.size_bytes, r.sha256, r.scan_state`;
const leadTables = "leads l JOIN resumes r ON r.storage_key = l.resume_path";

/** @type {Record<string, { columns: string[]; casts: string[]; keyOf: (row: pg.QueryResultRow) => string[] }>} */
const sorts = {
  createdAt: {
    columns: ["l.created_at"],
    casts: ["timestamptz"],
    keyOf: (row) => [row.created_at.toISOString()],
  },
  lastName: { columns: ["l.last_name"], casts: ["text"], keyOf: (row) => [row.last_name] },
};

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => {
      const bytes = Buffer.from(JSON.stringify(body));
      response.writeHead(status, {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": bytes.length,
      });
      response.end(bytes);
    },
    (error) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
});
server.listen(Number(process.env.PORT));
process.on("SIGTERM", () => process.exit(0));

/** @param {import("node:http").IncomingMessage} request */
async function answer(request) {
  const url = new URL(request.url ?? "/", "http://floor");
  if (request.method === "POST")
    return {
      status: 201,
      body: await takeIn(place, await readBody(request), request.headers),
    };
  const userId = await findUser(request.headers.authorization ?? "");
  const id = url.pathname.slice("/api/leads/".length);
  if (request.method === "PATCH")
    return { status: 200, body: await updateStatus(userId, id, JSON.parse(String(await readBody(request)))) };
  return {
    status: 200,
    body: id === "" ? await list(Object.fromEntries(url.searchParams)) : await findLead(id),
  };
}

/** The session of a token, with its user; the floor trusts what the token says. @param {string} header */
async function findUser(header) {
  const { sid, sub } = JSON.parse(Buffer.from(header.split(".")[1] ?? "", "base64url").toString());
  const { rows } = await pool.query(
    `SELECT u.id AS user_id, u.email, u.name, u.role, u.time_zone, s.last_active_at, s.expires_at
      FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND u.id = $2 AND u.disabled_at IS NULL`,
    [sid, sub],
  );
  return rows[0].user_id;
}

/** @param {Record<string, string>} query */
async function list({ sort = "createdAt", order = "desc", limit = "25", status, email, cursor }) {
  const by = sorts[sort];
  if (!by) throw new Error(`The floor does not sort by ${sort}`);
  /** @type {unknown[]} */
  const values = [];
  /** @param {unknown} value */
  const bind = (value) => `$${values.push(value)}`;
  const filters = [
    ...(status ? [`l.status = ${bind(status)}::lead_status`] : []),
    ...(email ? [`l.email_key = ${bind(email.toLowerCase())}`] : []),
  ];
  const total = email
    ? `SELECT count(*) FROM (SELECT 1 FROM leads l WHERE ${filters.join(" AND ")} LIMIT 1001) AS matches`
    : `SELECT coalesce(sum(total), 0) FROM lead_counts ${status ? `WHERE status = ${bind(status)}::lead_status` : ""}`;
  const place = cursor ? JSON.parse(Buffer.from(cursor, "base64url").toString()) : null;
  const columns = [...by.columns, "l.id"];
  const keys = place
    ? [...by.casts.map((cast, index) => `${bind(place.key[index])}::${cast}`), `${bind(place.id)}::uuid`]
    : [];
  const conditions = place
    ? [...filters, `(${columns.join()}) ${order === "desc" ? "<" : ">"} (${keys.join()})`]
    : filters;
  const { rows } = await pool.query(
    `SELECT ${leadColumns}, (${total}) AS total FROM ${leadTables}
      ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
      ORDER BY ${columns.map((column) => `${column} ${order}`).join()} LIMIT ${bind(Number(limit) + 1)}`,
    values,
  );
  const page = rows.slice(0, Number(limit));
  /** @param {pg.QueryResultRow | undefined} row @param {string} direction */
  const cursorAt = (row, direction) =>
    row
      ? Buffer.from(JSON.stringify({ sort, order, direction, key: by.keyOf(row), id: row.id })).toString(
          "base64url",
        )
      : null;
  return {
    items: page.map(toLead),
    nextCursor: rows.length > page.length ? cursorAt(page.at(-1), "next") : null,
    prevCursor: place ? cursorAt(page[0], "prev") : null,
    total: Number(rows[0]?.total ?? 0),
    totalIsExact: true,
  };
}

/** @param {string} id */
async function findLead(id) {
  const { rows } = await pool.query(`SELECT ${leadColumns} FROM ${leadTables} WHERE l.id = $1`, [id]);
  return toLead(rows[0]);
}

/** Reads, then writes lead and event in one statement: one transaction, one round trip. @param {string} userId @param {string} id @param {{ status: string }} change */
async function updateStatus(userId, id, { status }) {
  const lead = await findLead(id);
  const at = new Date();
  await pool.query(
    `WITH changed AS (
      UPDATE leads SET status = $2::lead_status, contact_channel = NULL, version = version + 1, updated_at = $3
      WHERE id = $1 AND version = $4 RETURNING id)
    INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, request_id, data, created_at)
    SELECT uuidv7(), 'lead.status_changed', 'user', $5, id, $6, $7::jsonb, $3 FROM changed`,
    [
      id,
      status,
      at,
      lead.version,
      userId,
      crypto.randomUUID(),
      JSON.stringify({ from: lead.status, to: status, channel: null }),
    ],
  );
  return { ...lead, status, version: lead.version + 1, updatedAt: at.toISOString() };
}

/** @param {pg.QueryResultRow} row */
function toLead(row) {
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
    },
  };
}

/** @param {import("node:http").IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
