import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DocumentInspector } from "@intake/core/ports/document-inspector";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createDocumentInspector, type DocumentInspectorOptions } from "./inspection-pool";
import { buildDocx } from "./samples/build-docx";
import { fixturePath } from "./samples/fixture";

// Machines that run everything at once are slow; what must be fast is held elsewhere.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const open: DocumentInspector[] = [];
const folders: string[] = [];

function createInspector(options: Partial<DocumentInspectorOptions> = {}): DocumentInspector {
  const inspector = createDocumentInspector({
    size: 1,
    timeoutSeconds: 10,
    memoryMegabytes: 64,
    maxWaiting: 50,
    ...options,
  });
  open.push(inspector);
  return inspector;
}

async function makeFolder(base: string): Promise<string> {
  const folder = await mkdtemp(join(base, "intake-inspection-"));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((inspector) => inspector.close()));
});

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true })));
});

const realFiles = [
  ["resume.pdf", { ok: true, format: "PDF" }],
  ["resume.docx", { ok: true, format: "DOCX" }],
  ["resume.doc", { ok: true, format: "DOC" }],
  ["password-user.pdf", { ok: false, refusal: "password-protected" }],
] as const;

/** Threads that behave badly on demand, as only a defect in a parser could make the real one. */
const badWorker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, threadId } from "node:worker_threads";
    parentPort.on("message", ({ fileName }) => {
      if (fileName.startsWith("hang")) for (;;);
      if (fileName.startsWith("crash")) throw new Error("crash");
      if (fileName.startsWith("exit")) process.exit(3);
      if (fileName.startsWith("memory")) for (const kept = []; ; ) kept.push(new Array(1000).fill(kept.length));
      parentPort.postMessage({ kind: "verdict", verdict: { ok: true, format: "PDF", threadId } });
    });
    parentPort.postMessage({ kind: "ready" });
  `)}`,
);
const inspectNamed = (inspector: DocumentInspector, fileName: string) =>
  inspector.inspect({ path: "/nowhere", fileName });

describe("the inspection pool from source", () => {
  it("answers many files at once on a few threads", async () => {
    const inspector = createInspector({ size: 2 });
    const jobs = Array.from({ length: 5 }, () => realFiles).flat();
    const verdicts = await Promise.all(
      jobs.map(([name]) => inspector.inspect({ path: fixturePath(name), fileName: name })),
    );
    expect(verdicts).toEqual(jobs.map(([, verdict]) => verdict));
  });

  it("judges bytes in shared memory like the file they came from", async () => {
    const inspector = createInspector();
    for (const [name, verdict] of realFiles) {
      const content = await readFile(fixturePath(name));
      const bytes = Buffer.from(new SharedArrayBuffer(content.length + 7)).subarray(3, 3 + content.length);
      content.copy(bytes);
      expect(await inspector.inspect({ bytes, fileName: name })).toEqual(verdict);
    }
  });

  it("rejects when the file itself cannot be read: that is our fault, not the sender's", async () => {
    const inspector = createInspector();
    await expect(inspector.inspect({ path: "/nowhere/a.pdf", fileName: "a.pdf" })).rejects.toThrow("ENOENT");
    const path = fixturePath("resume.pdf");
    expect(await inspector.inspect({ path, fileName: "a.pdf" })).toEqual({ ok: true, format: "PDF" });
  });

  it("judges files shaped to be slow long before the time is up", async () => {
    const inspector = createInspector({ size: 2 });
    const folder = await makeFolder(tmpdir());
    const fill = (text: string) => Buffer.alloc(5 * 1024 * 1024, text);
    const end = Buffer.from("\nstartxref\n7\n%%EOF");
    const pdf = (text: string) => Buffer.concat([Buffer.from("%PDF-1.7\n"), fill(text), end]);
    const description = (text: string) => buildDocx({ contentTypes: Buffer.alloc(1024 * 1024 - 1, text) });
    const shapes: [string, Buffer][] = [
      ["trailer.pdf", pdf("trailer<<(((")],
      ["xref.pdf", pdf("/XRef")],
      ["objects.pdf", pdf("1 0 obj<<")],
      ["startxref.pdf", pdf("startxref 9 ")],
      ["brackets.pdf", pdf("trailer<</A[[[[")],
      ["comments.pdf", pdf("trailer<<%%%%")],
      ["blanks.pdf", fill(" \n")],
      ["linearized.pdf", pdf("/Linearized ")],
      ["comments.docx", description("<!--")],
      ["tags.docx", description("<Override ")],
      ["attributes.docx", description(`<Override ${"a".repeat(5000)}`)],
      ["quotes.docx", description("<Override a=\"' ")],
      ["ends.docx", Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), fill("PK\x05\x06")])],
      ["sectors.doc", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), fill("\0\0\0\x02")])],
    ];
    for (const [fileName, bytes] of shapes) {
      const path = join(folder, fileName);
      await writeFile(path, bytes);
      const verdict = await inspector.inspect({ path, fileName });
      expect(verdict, fileName).toMatchObject({ ok: false });
      expect(verdict, fileName).not.toMatchObject({ refusal: "inspection-timeout" });
    }
  });
});

describe("the inspection pool as production runs it", () => {
  let bundle = "";

  beforeAll(async () => {
    const packageFolder = fileURLToPath(new URL("..", import.meta.url));
    // Inside the package, so that the bundle finds the package's own dependencies.
    bundle = await makeFolder(join(packageFolder, "node_modules"));
    await build({
      configFile: false,
      root: packageFolder,
      logLevel: "silent",
      ssr: { noExternal: [/^@intake\//] },
      build: {
        ssr: true,
        outDir: bundle,
        rollupOptions: {
          input: { main: "src/inspection-pool.ts", "inspection-worker": "src/inspection-worker.ts" },
        },
      },
    });
  });

  it("finds the bundled worker beside the bundled pool", async () => {
    const built: typeof import("./inspection-pool") = await import(
      pathToFileURL(join(bundle, "main.js")).href
    );
    const inspector = built.createDocumentInspector({
      size: 1,
      timeoutSeconds: 10,
      memoryMegabytes: 64,
      maxWaiting: 9,
    });
    open.push(inspector);
    for (const [name, verdict] of realFiles) {
      expect(await inspector.inspect({ path: fixturePath(name), fileName: name })).toEqual(verdict);
    }
  });

  it("takes the worker's address from the caller", async () => {
    const inspector = createInspector({ workerUrl: pathToFileURL(join(bundle, "inspection-worker.js")) });
    const path = fixturePath("resume.docx");
    expect(await inspector.inspect({ path, fileName: "a.docx" })).toEqual({ ok: true, format: "DOCX" });
  });
});

describe("a thread that fails", () => {
  it("is ended after the time limit and replaced", async () => {
    const inspector = createInspector({ workerUrl: badWorker, timeoutSeconds: 1 });
    const [slow, next] = await Promise.all([
      inspectNamed(inspector, "hang.pdf"),
      inspectNamed(inspector, "good.pdf"),
    ]);
    expect(slow).toEqual({ ok: false, refusal: "inspection-timeout" });
    expect(next).toMatchObject({ ok: true });
  });

  it("does not count waiting: a file behind a slow one keeps its own time", async () => {
    const inspector = createInspector({ workerUrl: badWorker, timeoutSeconds: 1 });
    const slow = [1, 2].map((index) => inspectNamed(inspector, `hang-${index}.pdf`));
    const patient = inspectNamed(inspector, "good.pdf");
    expect(await Promise.all(slow)).toEqual(Array(2).fill({ ok: false, refusal: "inspection-timeout" }));
    expect(await patient).toMatchObject({ ok: true });
  });

  it.each([
    ["crash.pdf", "broken-pdf"],
    ["crash.DOC", "broken-doc"],
    ["exit.docx", "broken-docx"],
    ["memory.pdf", "broken-pdf"],
  ])("over %s answers %s and is replaced", async (fileName, refusal) => {
    const inspector = createInspector({ workerUrl: badWorker, memoryMegabytes: 16 });
    const first = await inspectNamed(inspector, "good.pdf");
    expect(await inspectNamed(inspector, fileName)).toEqual({ ok: false, refusal });
    const second = await inspectNamed(inspector, "good.pdf");
    expect(second).toMatchObject({ ok: true });
    expect(second).not.toEqual(first);
  });

  it("is kept for the next file when nothing went wrong", async () => {
    const inspector = createInspector({ workerUrl: badWorker });
    expect(await inspectNamed(inspector, "a.pdf")).toEqual(await inspectNamed(inspector, "b.pdf"));
  });

  it("and never came up rejects: the file is not to blame", async () => {
    const inspector = createInspector({ workerUrl: new URL("file:///nowhere/inspection-worker.js") });
    await expect(inspectNamed(inspector, "a.pdf")).rejects.toThrow(/Cannot find module/);
  });
});

describe("a full or closed pool", () => {
  it("sends callers away when too many files wait", async () => {
    const inspector = createInspector({ workerUrl: badWorker, maxWaiting: 2, timeoutSeconds: 1 });
    const jobs = ["hang.pdf", "a.pdf", "b.pdf", "c.pdf"].map((name) => inspectNamed(inspector, name));
    await expect(jobs[3]).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5 });
    expect(await Promise.all(jobs.slice(0, 3))).toMatchObject([{ ok: false }, { ok: true }, { ok: true }]);
  });

  it("answers everyone when it closes and takes nothing more", async () => {
    const inspector = createInspector({ workerUrl: badWorker });
    const jobs = ["hang.pdf", "a.pdf"].map((name) => inspectNamed(inspector, name));
    const settled = Promise.allSettled(jobs);
    await inspector.close();
    expect(await settled).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
    await expect(inspectNamed(inspector, "a.pdf")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });
});
