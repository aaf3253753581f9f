import { afterAll, beforeAll, expect, test } from "vitest";
import { canChangeAudit, openAppLogin } from "./app-login";
import { createDatabase, type Database } from "./database";
import { createTestDatabase, type TestDatabase } from "./testing";

let owner: TestDatabase;
let app: Database;
beforeAll(async () => {
  owner = await createTestDatabase();
  app = createDatabase({ connectionString: await openAppLogin(owner.connectionString), maxConnections: 2 });
});
afterAll(async () => {
  const { rows } = await app.pool.query<{ me: string }>("SELECT current_user AS me");
  await app.close();
  await owner.pool.query(`DROP ROLE ${rows[0]?.me}`);
  await owner.drop();
});

test("writes events and reads them", async () => {
  await app.pool.query(
    "INSERT INTO audit_events (id, type, actor_type, created_at) VALUES (gen_random_uuid(), 'a.b', 'system', now())",
  );
  await app.pool.query("INSERT INTO audit_seals VALUES (1, gen_random_uuid(), repeat('a', 64), now())");
  expect(await app.prisma.auditEvent.count()).toBe(1);
});

test.each(["audit_events", "audit_seals"])(
  "cannot change or remove rows of %s by its grants",
  async (table) => {
    // Permission is checked before any trigger: the words are those of the grant.
    const refused = `permission denied for table ${table}`;
    const column = table === "audit_events" ? "type = 'x.y'" : "hash = repeat('b', 64)";
    await expect(app.pool.query(`UPDATE ${table} SET ${column}`)).rejects.toThrow(refused);
    await expect(app.pool.query(`DELETE FROM ${table}`)).rejects.toThrow(refused);
    await expect(app.pool.query(`TRUNCATE ${table}`)).rejects.toThrow(refused);
    await expect(app.pool.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`)).rejects.toThrow("must be owner");
    await expect(app.pool.query("SET session_replication_role = replica")).rejects.toThrow(
      "permission denied",
    );
  },
);

test("says who could change the audit and who could not", async () => {
  expect(await canChangeAudit(app)).toBe(false);
  expect(await canChangeAudit(owner)).toBe(true);
});

test("works with tables of later migrations and of the queue's own schema", async () => {
  await owner.pool.query("CREATE TABLE later (id int); CREATE SCHEMA queue_like CREATE TABLE jobs (id int)");
  await app.pool.query("INSERT INTO later VALUES (1)");
  await app.pool.query("UPDATE queue_like.jobs SET id = 2");
});

test("opening it again gives a new password and keeps the role", async () => {
  const again = new URL(await openAppLogin(owner.connectionString));
  const { rows } = await app.pool.query<{ me: string }>("SELECT current_user AS me");
  expect(again.username).toBe(rows[0]?.me);
});
