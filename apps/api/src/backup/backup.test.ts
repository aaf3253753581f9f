import { createHash } from "node:crypto";
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { createDatabase } from "@intake/db/database";
import { findOrStartEmbeddedPostgres } from "@intake/db/embedded/find-embedded-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type BuiltServer, startBuiltServer, stopBuiltServer } from "../testing/built-server";
import { pdfOfSize } from "../testing/multipart";
import { readJson } from "../testing/read-answer";
import { makeBackup } from "./make-backup";
import { restoreBackup } from "./restore-backup";
import { writeArchive } from "./write-archive";

const migrationsDirectory = join(import.meta.dirname, "../../../../prisma/migrations");
const credentials = { email: "ruth@calderrowe.example", password: "seven calm herons over slate" };
const environment = { ADMIN_EMAIL: credentials.email, ADMIN_PASSWORD: credentials.password };

let root: string;
let office: string;
let archive: string;
/** What the first server had acknowledged before the backup began: id and hash. */
const before = new Map<string, string>();
let submittedMeanwhile = 0;

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

async function submit(server: BuiltServer, content: Buffer): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries({
    firstName: "Zoë",
    lastName: "Lindqvist",
    email: "zoe@mail.example",
  }))
    form.set(name, value);
  form.set("resume", new File([new Uint8Array(content)], "cv.pdf", { type: "application/pdf" }));
  const answer = await fetch(`${server.baseUrl}/api/leads`, { method: "POST", body: form });
  return (await readJson(answer, leadReceiptSchema)).id;
}

async function back(dataDirectory: string, target: string, withKeys = true) {
  const { connectionString, stop } = await findOrStartEmbeddedPostgres(join(dataDirectory, "postgres"));
  try {
    return await makeBackup({ dataDirectory, connectionString, target, withKeys, now: () => new Date() });
  } finally {
    await stop();
  }
}

const restore = (file: string, dataDirectory: string, replaces = false) =>
  restoreBackup({
    archive: file,
    dataDirectory,
    replaces,
    migrationsDirectory,
    now: new Date("2026-11-24T09:00:00Z"),
  });

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "intake backup "));
  office = join(root, "office");
  archive = join(root, "backup.tar.gz");
  const server = await startBuiltServer({ dataDirectory: office, environment });
  try {
    for (let index = 0; index < 12; index++) {
      const content = pdfOfSize(index % 4 === 0 ? 600_000 + index : 20_000 + index);
      before.set(await submit(server, content), hashOf(content));
    }
    let isOver = false;
    const meanwhile = (async () => {
      while (!isOver) {
        await submit(server, pdfOfSize(20_000));
        submittedMeanwhile += 1;
      }
    })();
    await back(office, archive);
    isOver = true;
    await meanwhile;
  } finally {
    await stopBuiltServer(server, office);
  }
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

test("a backup made while leads come in gives back every one of before, its file byte for byte", async () => {
  expect(submittedMeanwhile).toBeGreaterThan(0);
  expect((await stat(archive)).mode & 0o777).toBe(0o600);
  const target = join(root, "restored");
  const restored = await restore(archive, target);
  expect(restored).toMatchObject({ missing: 0, aside: null, manifest: { hasKeys: true, postgres: "18" } });
  expect(restored.leads).toBeGreaterThanOrEqual(before.size);
  expect(restored.leads).toBeLessThanOrEqual(before.size + submittedMeanwhile);

  const server = await startBuiltServer({ dataDirectory: target });
  try {
    const answer = await fetch(`${server.baseUrl}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...credentials, tokenDelivery: "body" }),
    });
    const { accessToken } = await readJson(answer, tokenAnswerSchema);
    for (const [id, hash] of before) {
      const file = await fetch(`${server.baseUrl}/api/leads/${id}/resume`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      expect(hashOf(Buffer.from(await file.arrayBuffer()))).toBe(hash);
    }
  } finally {
    await stopBuiltServer(server, target);
  }
}, 60_000);

describe("what is there already", () => {
  test("is refused, then put aside whole", async () => {
    const target = join(root, "taken");
    await mkdir(target);
    await writeFile(join(target, "mine"), "mine");
    await expect(restore(archive, target)).rejects.toThrow("is not empty. Add --replace");
    const { aside } = await restore(archive, target, true);
    expect(aside).toBe(`${target}.before-2026-11-24T09-00-00.000Z`);
    expect(await readFile(join(aside ?? "", "mine"), "utf8")).toBe("mine");
    expect(await readdir(target)).not.toContain("mine");
  }, 60_000);

  test.each([
    ["cut off", (file: string) => truncate(file, 200_000)],
    ["with a sector changed", changeSector],
    ["with something behind it", (file: string) => appendFile(file, "more")],
    ["that is no archive", (file: string) => writeFile(file, "not a backup")],
  ])(
    "stays untouched by a backup %s",
    async (_, damage) => {
      const damaged = join(root, "damaged.tar.gz");
      await cp(archive, damaged);
      await damage(damaged);
      const target = await mkdtemp(join(root, "kept-"));
      await writeFile(join(target, "mine"), "mine");
      await expect(restore(damaged, target, true)).rejects.toThrow(
        /^This backup is damaged: .+ Nothing was changed\.$/,
      );
      expect(await readdir(target)).toEqual(["mine"]);
      expect((await readdir(root)).filter((name) => name.includes("restoring"))).toEqual([]);
    },
    60_000,
  );

  test("stays untouched by a path that leads out of the folder", async () => {
    const hostile = join(root, "hostile.tar.gz");
    await writeArchive(hostile, async (writer) => {
      await writer.addContent("../escaped", "x");
      return { takenAt: "2026-11-24T09:00:00.000Z", postgres: "18", migration: "x", hasKeys: false };
    });
    await expect(restore(hostile, join(root, "safe"))).rejects.toThrow("This backup is damaged");
    expect(await readdir(root)).not.toContain("escaped");
  });
});

test("a backup that is not there, or is a folder, is named", async () => {
  for (const wrong of [join(root, "nowhere.tar.gz"), root])
    await expect(restore(wrong, join(root, "nothing"))).rejects.toThrow(
      `There is no backup at ${wrong}. Nothing was changed.`,
    );
  expect(await readdir(root)).not.toContain("nothing");
});

test("a backup of a newer version says so", async () => {
  const newer = join(root, "newer.tar.gz");
  await writeArchive(newer, async () => ({
    ...{ takenAt: "2026-11-24T09:00:00.000Z", postgres: "18", hasKeys: false },
    migration: "29991231000000_later",
  }));
  await expect(restore(newer, join(root, "older"))).rejects.toThrow(
    "This backup is of a newer version of Intake (its database is at 29991231000000_later). Install that version, then restore.",
  );
});

test("a missing file stops the backup, and nothing stands under its name", async () => {
  const copy = join(root, "lacking");
  await restore(archive, copy);
  await rm(join(copy, "storage", await keyOfALead(copy)));
  const target = join(root, "lacking.tar.gz");
  await expect(back(copy, target)).rejects.toThrow("No backup was made: 1 stored files are missing");
  expect((await readdir(root)).filter((found) => found.startsWith("lacking.tar"))).toEqual([]);
}, 60_000);

test("without keys it lacks them, and says so", async () => {
  const target = join(root, "keyless.tar.gz");
  await back(office, target, false);
  const restored = await restore(target, join(root, "keyless"));
  expect(restored.manifest.hasKeys).toBe(false);
  expect(await readdir(join(root, "keyless"))).not.toContain("master-key");
}, 60_000);

/** The folder holds more than the database names: a lead that came in meanwhile may have its file in a backup, and no row. */
async function keyOfALead(dataDirectory: string): Promise<string> {
  const { connectionString, stop } = await findOrStartEmbeddedPostgres(join(dataDirectory, "postgres"));
  const db = createDatabase({ connectionString, maxConnections: 1 });
  try {
    const { rows } = await db.pool.query<{ storage_key: string }>("SELECT storage_key FROM resumes LIMIT 1");
    return z.string().parse(rows[0]?.storage_key);
  } finally {
    await db.close();
    await stop();
  }
}

/** One changed bit may stand for the very same content: among zeros any distance back copies zeros. */
async function changeSector(file: string): Promise<void> {
  const bytes = await readFile(file);
  const at = Math.floor(bytes.length / 2);
  for (let i = at; i < at + 512; i += 1) bytes[i] = (bytes[i] ?? 0) ^ 0xff;
  await writeFile(file, bytes);
}
