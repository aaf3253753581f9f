import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { submitLead } from "@intake/core/leads/submit-lead";
import { submission } from "@intake/core/testing/lead-input";
import { resumePdf } from "@intake/demo/resume-pdf";
import { createDocumentReader } from "@intake/documents/reading/document-reader";
import { badReader } from "@intake/documents/samples/bad-reader";
import { readFixture } from "@intake/documents/samples/fixture";
import { startWorker } from "@intake/jobs/worker";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { formParts } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

/** What stands in the rows once a lead's file was examined. */
async function examined(app: TestApp, leadId: string) {
  return vi.waitFor(
    async () => {
      const { scanState, scanReason, findings, text } = await app.effects.db.prisma.resume.findFirstOrThrow({
        where: { leadId },
        include: { text: { select: { outcome: true, body: true, pageCount: true } } },
      });
      if (findings === null && scanState === "UNSCANNED") throw new Error("not examined yet");
      return { scanState, scanReason, text };
    },
    { timeout: 30_000, interval: 50 },
  );
}

describe("with the real reader", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await startWorker(app.boss, app.effects);
  });
  afterAll(() => app?.close());

  async function submit(value: Buffer, fileName: string): Promise<string> {
    const response = await app.submit(formParts({}, { value, fileName }));
    expect(response.status).toBe(201);
    return (await readJson(response, leadReceiptSchema)).id;
  }

  test.each([
    ["resume.pdf", "Márta Okonkwo-Lindqvist"],
    ["resume.docx", "Hartwell & Osei LLP"],
    ["resume.doc", "Hartwell & Osei LLP"],
    ["reading/japanese.pdf", "佐藤 由美子"],
  ])(
    "what %s says is known soon after it arrived",
    async (name, words) => {
      const id = await submit(readFixture(name), name.replace("reading/", ""));
      expect(await examined(app, id)).toMatchObject({
        scanState: "UNSCANNED",
        text: { outcome: "READ", body: expect.stringContaining(words) },
      });
    },
    60_000,
  );

  test("a scan has no text, a PDF that runs JavaScript is locked and says why", async () => {
    const [scan, script] = await Promise.all([
      submit(readFixture("reading/scan.pdf"), "scan.pdf"),
      submit(resumePdf({ title: "Ada", lines: [], isScripted: true }), "cv.pdf"),
    ]);
    expect(await examined(app, scan)).toMatchObject({ scanState: "UNSCANNED", text: { outcome: "NO_TEXT" } });
    expect(await examined(app, script)).toMatchObject({
      scanState: "UNSCANNABLE",
      scanReason: "The PDF contains JavaScript, which runs when the file is opened.",
    });
  }, 60_000);
});

describe("with a reader that a file brings down", () => {
  let folder: string;
  let app: TestApp;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "intake-examining-"));
    const path = join(folder, "bad-reader.mjs");
    await writeFile(path, badReader);
    const limits = { size: 2, timeoutSeconds: 1, memoryMegabytes: 160, idleSeconds: 60, maxWaiting: 50 };
    app = await startTestApp({
      reader: createDocumentReader({ workerUrl: pathToFileURL(path), ...limits }),
    });
  });
  afterAll(async () => {
    await app?.close();
    await rm(folder, { recursive: true });
  });

  test("each file that hangs, crashes or eats memory is locked alone; the next is read and the office never noticed", async () => {
    const orders = ["hang", "exit", "throw", "buffers", "exit after the check", "fine"];
    const ids: string[] = [];
    for (const content of orders) {
      const ctx = { ...app.effects, actor: { type: "prospect" as const }, requestId: null, source: null };
      ids.push((await submitLead(ctx, await submission({ content }))).receipt.id);
    }
    await startWorker(app.boss, app.effects);
    const outcomes = await Promise.all(ids.map((id) => examined(app, id)));
    expect(
      outcomes.map(({ scanState, scanReason, text }) => [scanState, scanReason ?? text?.outcome]),
    ).toEqual([
      ["UNSCANNABLE", "It could not be examined in time."],
      ["UNSCANNABLE", "It is damaged, or made in an unusual way."],
      ["UNSCANNABLE", "It is damaged, or made in an unusual way."],
      ["UNSCANNABLE", "It unpacks to more than can be examined."],
      ["UNSCANNED", "UNREADABLE"],
      ["UNSCANNED", "READ"],
    ]);
    expect((await app.fetch("/readyz")).status).toBe(200);
    expect(app.logged().filter(({ level }) => Number(level) >= 50)).toEqual([]);
  }, 60_000);
});
