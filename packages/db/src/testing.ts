import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabase, type Database } from "./database";
import { runOnServer } from "./test-server";

export interface TestDatabase extends Database {
  /** The owner's. */
  connectionString: string;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/**
 * A migrated, empty database of one test's own, cloned from the run's template (about 30 ms). Call `drop()` when done, in
 * `afterAll`; the server itself goes away with the run.
 */
export async function createTestDatabase(options: { maxConnections?: number } = {}): Promise<TestDatabase> {
  const { connectionString: serverUrl, template } = inject("testServer");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await runOnServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const database = createDatabase({
    connectionString: url.href,
    maxConnections: options.maxConnections ?? 5,
  });
  return {
    ...database,
    connectionString: url.href,
    drop: async () => {
      await database.close();
      await runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

export interface AppTestDatabase extends TestDatabase {
  /** As the owner of the tables, for what a test does behind the product's back. */
  owner: Database;
}

/** As `createTestDatabase()`, but connected as the product is: with the grants of `intake_app` and no more. */
export async function createAppTestDatabase(
  options: { maxConnections?: number } = {},
): Promise<AppTestDatabase> {
  const owner = await createTestDatabase(options);
  const url = new URL(inject("testServer").appConnectionString);
  url.pathname = new URL(owner.connectionString).pathname;
  const database = createDatabase({
    connectionString: url.href,
    maxConnections: options.maxConnections ?? 5,
  });
  return {
    ...database,
    owner,
    connectionString: owner.connectionString,
    drop: async () => {
      await database.close();
      await owner.drop();
    },
  };
}
