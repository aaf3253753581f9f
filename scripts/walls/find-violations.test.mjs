import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findViolations } from "./find-violations.mjs";

/** @type {string} */
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "walls-"));
  for (const folder of ["apps/web", "apps/api", "packages/client", "packages/trpc", "packages/core"])
    addPackage(folder);
  for (const folder of ["packages/db", "packages/storage", "packages/jobs"]) addPackage(folder);
  add(
    "packages/db/src/database.ts",
    "export const createDatabase = () => {};\nexport type Transaction = object;",
  );
  add(
    "packages/core/src/errors.ts",
    "export class AppError extends Error {}\nexport type FieldError = object;",
  );
  add("packages/core/src/ports/storage.ts", "export class ObjectNotFoundError extends Error {}");
  add(
    "packages/core/src/leads/schema.ts",
    'import { z } from "zod";\nexport const leadSchema = z.object({});',
  );
  add(
    "packages/core/src/leads/lead-row.ts",
    "export const toLead = () => {};\nexport type LeadRow = object;",
  );
  add("packages/core/src/leads/get-lead.ts", "export const getLead = () => {};");
});

afterEach(() => rmSync(root, { recursive: true }));

/** @param {string} path @param {string} text */
function add(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** @param {string} folder */
function addPackage(folder) {
  const name = `@intake/${folder.split("/")[1]}`;
  add(`${folder}/package.json`, JSON.stringify({ name, exports: { "./*": "./src/*.ts" } }));
}

function violations() {
  return findViolations(root).violations.map(({ path, line, message }) => `${path}:${line} ${message}`);
}

/** @param {string} path @param {string} text */
function violationsOf(path, text) {
  add(path, text);
  return violations();
}

describe("what may stand", () => {
  test.each([
    ["apps/web/src/page.ts", 'import { leadSchema } from "@intake/core/leads/schema";'],
    ["apps/web/src/page.ts", 'import type { FieldError } from "@intake/core/errors";'],
    ["packages/client/src/react.ts", 'import type { AppRouter } from "@intake/trpc/router";'],
    ["packages/client/src/node.ts", 'import { readFile } from "node:fs/promises";'],
    ["packages/trpc/src/routers/leads.ts", 'import { getLead } from "@intake/core/leads/get-lead";'],
    ["packages/core/src/mail/mail-inserts.ts", 'import { getLead } from "../leads/get-lead";'],
    ["packages/core/src/leads/list-leads.ts", 'import { createDatabase } from "@intake/db/database";'],
    ["packages/core/src/leads/list-leads.ts", 'import { toLead } from "./lead-row";'],
    ["packages/core/src/context.ts", 'import type { LeadRow } from "./leads/lead-row";'],
    ["packages/storage/src/disk.ts", 'import { ObjectNotFoundError } from "@intake/core/ports/storage";'],
    ["packages/storage/src/s3.ts", 'import { S3Client } from "@aws-sdk/client-s3";'],
    ["packages/jobs/src/queue.ts", 'import type { Transaction } from "@intake/db/database";'],
    [
      "packages/jobs/src/queue.test.ts",
      'import { createDatabase } from "@intake/db/database";\nprocess.env.A;',
    ],
    ["apps/api/src/settings.ts", "export const settings = process.env.PORT;"],
    ["apps/web/vite.config.ts", "process.env.PORT;"],
  ])("%s: %s", (path, text) => {
    expect(violationsOf(path, text)).toEqual([]);
  });
});

describe("what may not, and where it belongs", () => {
  test.each([
    [
      "apps/web/src/page.ts",
      'import { createDatabase } from "@intake/db/database";',
      "Put the query into a verb in packages/core",
    ],
    [
      "apps/web/src/page.ts",
      'import { getLead } from "@intake/core/leads/get-lead";',
      "belong in a schema.ts or policy.ts",
    ],
    [
      "apps/web/src/page.ts",
      'const lead = await import("@intake/core/leads/get-lead");',
      "schema.ts or policy.ts",
    ],
    [
      "apps/web/src/page.ts",
      'type T = import("@intake/trpc/router").AppRouter;',
      "called through packages/client",
    ],
    ["apps/web/src/page.ts", 'import { join } from "node:path";', "which a browser does not have"],
    [
      "apps/web/src/page.ts",
      'import { a } from "../../../packages/core/src/leads/schema";',
      "Import it by name",
    ],
    ["packages/client/src/react.ts", 'import { router } from "@intake/trpc/router";', "more than types"],
    ["packages/trpc/src/context.ts", 'import type { Request } from "express";', "HTTP belongs in apps/api"],
    [
      "packages/trpc/src/leads.ts",
      'import { toLead } from "@intake/core/leads/lead-row";',
      "internal to leads",
    ],
    [
      "packages/core/src/mail/mail-inserts.ts",
      'import type { LeadRow } from "../leads/lead-row";',
      "internal to leads",
    ],
    ["packages/core/src/leads/policy.ts", 'import { AppError } from "../errors";', "sent to browsers"],
    ["packages/core/src/mail/send.ts", 'import postmark from "postmark";', "belongs in packages/email"],
    ["packages/core/src/leads/submit.ts", 'export { PgBoss } from "pg-boss";', "belongs in packages/jobs"],
    [
      "packages/core/src/leads/submit.ts",
      "const port = process.env.PORT;",
      "Settings are parsed once in apps/api",
    ],
    [
      "packages/storage/src/disk.ts",
      'import { env } from "node:process";',
      "Settings are parsed once in apps/api",
    ],
    [
      "packages/storage/src/disk.ts",
      'import { getLead } from "@intake/core/leads/get-lead";',
      "more than types",
    ],
    [
      "packages/jobs/src/queue.ts",
      'import { createDatabase } from "@intake/db/database";',
      "Only core talks to the database",
    ],
    ["packages/core/src/leads/index.ts", 'export { getLead } from "./get-lead";', "no barrels"],
  ])("%s: %s", (path, text, belongs) => {
    const [found, ...others] = violationsOf(path, `// first line\n${text}`);
    expect(found).toContain(`${path}:2 `);
    expect(found).toContain(belongs);
    expect(others).toEqual([]);
  });

  test("a circle of files, named once with every step", () => {
    add("packages/core/src/mail/one.ts", 'import { two } from "./two";\nexport const one = two;');
    add("packages/core/src/mail/two.ts", 'import { three } from "./three";\nexport const two = three;');
    add("packages/core/src/mail/three.ts", 'import { one } from "./one";\nexport const three = one;');
    expect(violations()).toEqual([
      expect.stringContaining(
        "mail/one.ts → packages/core/src/mail/two.ts → packages/core/src/mail/three.ts → packages/core/src/mail/one.ts",
      ),
    ]);
  });

  test("types alone make no circle", () => {
    add("packages/core/src/mail/one.ts", 'import type { Two } from "./two";\nexport type One = Two;');
    add("packages/core/src/mail/two.ts", 'import { type One } from "./one";\nexport type Two = One;');
    expect(violations()).toEqual([]);
  });
});
