import { randomBytes } from "node:crypto";
import type pg from "pg";
import { talkToDatabase } from "./reach-database";

/**
 * A login for the application on a server of our own: member of `intake_app`, so that it reads and writes rows but owns nothing. Its
 * password is new at every call and kept nowhere. `connectionString` is the owner's; the answer leads to the same database.
 */
export async function openAppLogin(connectionString: string): Promise<string> {
  const password = randomBytes(24).toString("hex");
  const url = new URL(connectionString);
  const login = `intake_login${url.pathname.slice(1) === "intake" ? "" : `_${url.pathname.slice(1)}`}`;
  await talkToDatabase({ connectionString }, async (client) => {
    const found = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [login]);
    const role = client.escapeIdentifier(login);
    if (found.rowCount === 0) await client.query(`CREATE ROLE ${role} IN ROLE intake_app`);
    await client.query(`ALTER ROLE ${role} LOGIN PASSWORD '${password}'`);
  });
  url.username = login;
  url.password = password;
  return url.href;
}

/** Whether this database login could change or remove events of the audit, were it not for the triggers. */
export async function canChangeAudit(db: { pool: Pick<pg.Pool, "query"> }): Promise<boolean> {
  const { rows } = await db.pool.query(
    "SELECT has_table_privilege('audit_events', 'UPDATE, DELETE, TRUNCATE') OR has_table_privilege('audit_seals', 'UPDATE, DELETE, TRUNCATE') AS can",
  );
  return rows[0]?.can === true;
}
