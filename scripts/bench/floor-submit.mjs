import { createCipheriv, createHash, randomBytes, randomUUID } from "node:crypto";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";

/**
 * A submission on the floor: the file durable first (temporary name, fsync, rename, fsync of the folder), then every row the
 * product writes, in one statement, then the answer.
 * @param {{ pool: import("pg").Pool; directory: string; masterKey: Buffer | null }} place rows and files; with a key files are encrypted
 * @param {Buffer} body
 * @param {import("node:http").IncomingHttpHeaders} headers
 */
export async function takeIn({ pool, directory, masterKey }, body, headers) {
  const { fields, file } = readMultipart(body, headers["content-type"] ?? "");
  const sha256 = createHash("sha256").update(file.bytes).digest("hex");
  const name = randomUUID();
  await writeDurably(directory, name, masterKey ? seal(masterKey, file.bytes) : [file.bytes]);
  const at = new Date();
  const reference = `INT-${name.slice(0, 8).toUpperCase()}`;
  const { rows } = await pool.query(insert, [
    ...[reference, fields.firstName, fields.lastName, fields.email, `resumes/${name}`, at],
    ...[file.name, file.bytes.length, sha256, headers["idempotency-key"], sha256, randomUUID()],
  ]);
  return {
    id: rows[0].id,
    reference,
    status: "PENDING",
    receivedAt: at.toISOString(),
    resume: { fileName: file.name, sizeBytes: file.bytes.length, sha256 },
    receiptUrl: `http://floor/received/${rows[0].id}`,
  };
}

const insert = `
  WITH lead AS (
    INSERT INTO leads (id, reference, first_name, last_name, email, email_key, resume_path, respond_by, follow_up_at, created_at, updated_at)
    VALUES (uuidv7(), $1, $2, $3, $4, lower($4), $5, $6::timestamptz + interval '5 hours', $6::timestamptz + interval '150 minutes', $6, $6)
    RETURNING id
  ), resume AS (
    INSERT INTO resumes (id, lead_id, storage_key, file_name, format, size_bytes, sha256, scan_due_at, created_at)
    SELECT uuidv7(), id, $5, $7, 'PDF', $8, $9, $6::timestamptz + interval '1 minute', $6 FROM lead RETURNING id
  ), idempotency AS (
    INSERT INTO idempotency_records (key, fingerprint, lead_id, created_at) SELECT $10, $11, id, $6 FROM lead
  ), event AS (
    INSERT INTO audit_events (id, type, actor_type, lead_id, request_id, created_at)
    SELECT uuidv7(), 'lead.submitted', 'prospect', id, $12, $6 FROM lead
  ), mail AS (
    INSERT INTO outbox_mails (id, kind, lead_id, to_address, next_attempt_at, created_at)
    SELECT uuidv7(), 'LEAD_RECEIPT'::mail_kind, id, $4, $6, $6 FROM lead
    UNION ALL SELECT uuidv7(), 'LEAD_NOTICE', lead.id, u.email, $6, $6
      FROM lead, users u WHERE u.disabled_at IS NULL AND u.wants_lead_mail
    RETURNING id
  ), job AS (
    INSERT INTO pgboss.job_common (name, data, policy, retry_limit, retry_delay, retry_backoff, expire_seconds, deletion_seconds)
    SELECT 'mail.deliver', jsonb_build_object('mailId', id), 'standard', 3, 30, true, 120, 259200 FROM mail
    UNION ALL SELECT 'resume.scan', jsonb_build_object('resumeId', id), 'standard', 3, 30, true, 120, 259200 FROM resume
  )
  SELECT id FROM lead`;

/** AES-256-GCM under a key of its own, which lies in front under the master key. @param {Buffer} masterKey @param {Buffer} bytes */
function seal(masterKey, bytes) {
  const key = randomBytes(32);
  return [...encrypt(masterKey, key), ...encrypt(key, bytes)];
}

/** @param {Buffer} key @param {Buffer} bytes */
function encrypt(key, bytes) {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return [nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()];
}

/** @param {string} directory @param {string} name @param {Buffer[]} pieces */
async function writeDurably(directory, name, pieces) {
  const unfinished = join(directory, `.${name}.part`);
  const file = await open(unfinished, "wx", 0o600);
  try {
    await file.writev(pieces);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(unfinished, join(directory, name));
  const folder = await open(directory, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** The parts of a body from memory. @param {Buffer} body @param {string} contentType */
function readMultipart(body, contentType) {
  const boundary = Buffer.from(`\r\n--${/boundary=(.+)$/.exec(contentType)?.[1]}`);
  /** @type {Record<string, string>} */
  const fields = {};
  let file = { name: "", bytes: body.subarray(0, 0) };
  for (let start = boundary.length; ; ) {
    const headEnd = body.indexOf("\r\n\r\n", start);
    const end = body.indexOf(boundary, headEnd);
    if (headEnd < 0 || end < 0) return { fields, file };
    const head = body.toString("utf8", start, headEnd);
    const content = body.subarray(headEnd + 4, end);
    const name = / name="([^"]*)"/.exec(head)?.[1] ?? "";
    const fileName = /filename="([^"]*)"/.exec(head)?.[1];
    if (fileName === undefined) fields[name] = content.toString("utf8");
    else file = { name: fileName, bytes: content };
    start = end + boundary.length + 2;
  }
}
