import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSchemaEngine } from "./schema-engine";
import { createTestDatabase, type TestDatabase } from "./testing";

const schemaFile = join(import.meta.dirname, "../../../prisma/schema.prisma");
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

/** What `prisma migrate diff --from-config-datasource --to-schema --exit-code` would print, for a schema of this content. */
async function differenceTo(schema: string) {
  const engine = await createSchemaEngine({
    connectionString: db.connectionString,
    datamodels: [[schemaFile, schema]],
  });
  const files = [{ path: schemaFile, content: schema }];
  try {
    return await engine.commands.diff({
      from: { tag: "schemaDatasource", files, configDir: "." },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
  } finally {
    await engine.close();
  }
}

it("finds no difference between the migrations and the schema", async () => {
  const { exitCode, stdout } = await differenceTo(await readFile(schemaFile, "utf8"));
  expect(stdout?.trim()).toBe("-- This is an empty migration.");
  expect(exitCode).toBe(0);
});

it("would find a column that no migration makes", async () => {
  const schema = await readFile(schemaFile, "utf8");
  const { exitCode, stdout } = await differenceTo(
    schema.replace("model User {", "model User {\n  nickname String?"),
  );
  expect(stdout).toContain('ADD COLUMN     "nickname"');
  expect(exitCode).toBe(2);
});
