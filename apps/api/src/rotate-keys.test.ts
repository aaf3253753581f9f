import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { countFilesByKey } from "@intake/core/resumes/rekey-resumes";
import { createMasterKeys, createOwnMasterKey } from "@intake/storage/encryption/master-keys";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formParts, pdfOfSize } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

const older = { name: "2025-01", bytes: randomBytes(32) };
const newer = { name: "2026-11", bytes: randomBytes(32) };
const files = 100;
const command = join(import.meta.dirname, "commands/rotate-keys.ts");

let app: TestApp;
let token: string;
const leads: { id: string; content: Buffer }[] = [];

beforeAll(async () => {
  // A server that still writes under the older key and can open both: what one sees while the settings are being rolled out.
  app = await startTestApp({ masterKeys: createMasterKeys([older, newer].map(createOwnMasterKey)) });
  token = await app.signIn("ATTORNEY");
  for (let index = 0; index < files; index++) {
    // Small ones, and some that pass in a stream.
    const content = pdfOfSize(index % 10 === 0 ? 600_000 + index : 20_000 + index);
    const { id } = await readJson(
      await app.submit(formParts({ email: `p${index}@mail.example` }, { value: content })),
      leadReceiptSchema,
    );
    leads.push({ id, content });
  }
}, 120_000);
afterAll(() => app.close());

function rotate(...options: string[]): {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
} {
  const keys = [newer, older].map(({ name, bytes }) => `${name}:${bytes.toString("base64")}`);
  const child = spawn(process.execPath, ["--import", "tsx", command, ...options], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: app.connectionString,
      DATA_DIR: app.directory,
      MASTER_KEYS: keys.join(","),
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  return { child, output: () => said, ended: once(child, "close").then(([code]) => code) };
}

async function expectReadable(index: number): Promise<void> {
  const lead = leads[index % files];
  const answer = await app.call("GET", `/api/leads/${lead?.id}/resume`, { token });
  expect(answer.status).toBe(200);
  expect(lead?.content.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true);
}

const filesByKey = () => countFilesByKey(app.effects);

test("keys are rotated while people read; killed in the middle, it goes on where it was", async () => {
  const dry = rotate("--dry-run");
  expect(await dry.ended, dry.output()).toBe(0);
  expect(dry.output()).toContain(
    `Current key: 2026-11. Under another, or in plain: ${files} files, 0 secrets.`,
  );
  expect(await filesByKey()).toEqual([{ keyName: "2025-01", files }]);

  const killed = rotate();
  let isOver = false;
  const reading = (async () => {
    let reads = 0;
    for (; !isOver; reads++) await expectReadable(reads);
    return reads;
  })();
  await expect.poll(killed.output, { timeout: 30_000, interval: 5 }).toContain("40 of");
  killed.child.kill("SIGKILL");
  await killed.ended;
  const moved = (await filesByKey()).find(({ keyName }) => keyName === "2026-11")?.files ?? 0;
  expect(moved).toBeGreaterThanOrEqual(40);
  expect(moved).toBeLessThan(files);

  const rest = rotate();
  expect(await rest.ended, rest.output()).toBe(0);
  expect(rest.output()).toContain(`Brought under the current key: ${files - moved} files, 0 secrets.`);
  expect(rest.output()).toContain("Nothing uses an older key");
  isOver = true;
  expect(await reading).toBeGreaterThan(0);
  for (let index = 0; index < files; index++) await expectReadable(index);
  expect(await filesByKey()).toEqual([{ keyName: "2026-11", files }]);
  // What the killed run had copied and not yet named is no more than a batch.
  const stored = await readdir(join(app.storageDirectory, "resumes"));
  expect(stored.length).toBeLessThanOrEqual(files + 80);
  expect(app.logged().filter(({ level }) => Number(level) >= 50)).toEqual([]);
}, 120_000);

test("a server with the older settings is noticed: what it wrote meanwhile is named", async () => {
  await app.submit(formParts({ email: "late@mail.example" }));
  const again = rotate();
  expect(await again.ended, again.output()).toBe(0);
  expect(again.output()).toContain("Brought under the current key: 1 files, 0 secrets.");
});
