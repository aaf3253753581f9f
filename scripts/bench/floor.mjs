// The floor: the smallest honest server for the same work on node:http and pg. It takes the same requests, runs the same
// queries with the same session look-up, writes the same rows and files as durably, and answers the same JSON. It validates
// nothing, counts nothing, logs nothing, and knows no roles: what the product costs above it is what the product adds.
//   DATABASE_URL, PORT, STORAGE_DIR, MASTER_KEY (base64; files are encrypted with one)
import { createServer } from "node:http";
import pg from "pg";
import { leadColumns, leadTables, list, toLead } from "./floor-list.mjs";
import { takeIn } from "./floor-submit.mjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const { STORAGE_DIR = "", MASTER_KEY } = process.env;
const place = {
  pool,
  directory: STORAGE_DIR,
  masterKey: MASTER_KEY ? Buffer.from(MASTER_KEY, "base64") : null,
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
    body: id === "" ? await list(pool, userId, Object.fromEntries(url.searchParams)) : await findLead(id),
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
      UPDATE leads SET status = $2::lead_status, contact_channel = NULL, version = version + 1, updated_at = $3,
        reached_out_at = CASE WHEN $2 = 'REACHED_OUT' THEN $3::timestamptz END,
        reached_out_by_id = CASE WHEN $2 = 'REACHED_OUT' THEN $5::uuid END
      WHERE id = $1 AND version = $4 RETURNING id)
    INSERT INTO audit_events (id, type, actor_type, actor_id, lead_id, request_id, data, created_at)
    SELECT uuidv7(), 'lead.status_changed', 'user', $5::text, id, $6, $7::jsonb, $3 FROM changed`,
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
  const reachedOutAt = status === "REACHED_OUT" ? at.toISOString() : null;
  return { ...lead, status, version: lead.version + 1, updatedAt: at.toISOString(), reachedOutAt };
}

/** @param {import("node:http").IncomingMessage} request */
async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}
