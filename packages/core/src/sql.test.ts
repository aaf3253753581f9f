import { createDatabase, Prisma } from "@intake/db/database";
import { hasTimeLimits } from "@intake/db/pooler";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queryPreparedRows } from "./sql";
import { createTestDomain, type TestDomain } from "./testing/test-context";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

/** Names of the statements that a connection keeps after it was asked twice, and whether its statements end. */
async function askTwice(isPooled: boolean) {
  const db = createDatabase({ connectionString: domain.connectionString, maxConnections: 1, isPooled });
  const question = Prisma.sql`SELECT ${1}::int AS one`;
  const answers = [await queryPreparedRows(db, question), await queryPreparedRows(db, question)];
  const { rows } = await db.pool.query("SELECT name FROM pg_prepared_statements");
  const limited = await hasTimeLimits(db);
  await db.close();
  expect(answers).toEqual([[{ one: 1 }], [{ one: 1 }]]);
  return { names: rows.map(({ name }) => name), limited };
}

test("a statement that is asked often is kept under its name, and ends in time", async () => {
  expect(await askTwice(false)).toEqual({
    names: [expect.stringMatching(/^intake-\d+$/)],
    limited: true,
  });
});

test("behind a pooler nothing is kept on a connection that the next transaction may not have, nor asked of it", async () => {
  expect(await askTwice(true)).toEqual({ names: [], limited: false });
});
