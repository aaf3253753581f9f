import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DocumentReader } from "@intake/core/ports/document-reader";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { badReader } from "../samples/bad-reader";
import { createDocumentReader, type DocumentReaderOptions } from "./document-reader";

// Machines that run everything at once are slow; nothing here waits longer than it must.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const open: DocumentReader[] = [];
let folder = "";
let workerUrl: URL;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "intake-reader-"));
  const path = join(folder, "bad-reader.mjs");
  await writeFile(path, badReader);
  workerUrl = pathToFileURL(path);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((reader) => reader.close()));
});

afterAll(() => rm(folder, { recursive: true }));

function createReader(options: Partial<DocumentReaderOptions> = {}): DocumentReader {
  const reader = createDocumentReader({
    workerUrl,
    size: 1,
    timeoutSeconds: 20,
    memoryMegabytes: 512,
    idleSeconds: 60,
    maxWaiting: 50,
    ...options,
  });
  open.push(reader);
  return reader;
}

function order(reader: DocumentReader, what: string) {
  return reader.examine({ bytes: Buffer.from(what), format: "PDF" });
}

async function say(reader: DocumentReader, what: string): Promise<string> {
  const examined = await order(reader, what);
  if (!examined.ok) return examined.failure;
  const { text } = examined.content;
  return text.ok ? text.content.text : text.failure;
}

function isAlive(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

describe("a process that fails", () => {
  it.each([
    ["hang", { timeoutSeconds: 1 }, "timeout"],
    ["throw", {}, "broken"],
    ["exit", {}, "broken"],
    ["heap", { memoryMegabytes: 64 }, "too-large"],
    ["buffers", { memoryMegabytes: 160 }, "too-large"],
  ])("over “%s” ends alone and the next file is read", async (what, options, failure) => {
    const reader = createReader(options);
    const first = await say(reader, "pid");
    expect(await order(reader, what)).toEqual({ ok: false, failure });
    expect(await say(reader, "pid")).not.toBe(first);
    await vi.waitFor(() => expect(isAlive(first)).toBe(false));
  });

  it("after it checked the file keeps what it found", async () => {
    expect(await order(createReader(), "exit after the check")).toEqual({
      ok: true,
      content: { active: [], text: { ok: false, failure: "broken" } },
    });
  });

  it("does not count waiting: a file behind a slow one keeps its own time", async () => {
    const reader = createReader({ timeoutSeconds: 1 });
    const answers = await Promise.all(["hang", "hang", "fine"].map((what) => order(reader, what)));
    expect(answers.map((answer) => answer.ok)).toEqual([false, false, true]);
  });

  it("and never came up rejects: the file is not to blame", async () => {
    const reader = createReader({ workerUrl: pathToFileURL(join(folder, "nowhere.mjs")) });
    await expect(order(reader, "fine")).rejects.toThrow("ended before it was ready");
  });
});

describe("what a reading process may do", () => {
  it("sees nothing of our environment", async () => {
    vi.stubEnv("DATABASE_URL", "postgres://secret");
    expect(await say(createReader(), "environment")).toBe("{}");
  });

  it("may not write, start anything or read other files", async () => {
    const reader = createReader();
    expect(await say(reader, "permissions")).toBe("");
    expect(await say(reader, "secret")).toBe("ERR_ACCESS_DENIED");
  });
});

describe("what remains", () => {
  it("is one process for many files, then none, and no files", async () => {
    const before = await readdir(tmpdir());
    const reader = createReader();
    const pids = [];
    for (let file = 0; file < 20; file += 1) pids.push(await say(reader, "pid"));
    expect(new Set(pids).size).toBe(1);
    await reader.close();
    expect(isAlive(pids[0] ?? "")).toBe(false);
    const left = (await readdir(tmpdir())).filter((name) => name.startsWith("intake-reader-"));
    expect(left).toEqual(before.filter((name) => name.startsWith("intake-reader-")));
  });

  it("is replaced when a file left much memory behind, so that the next one has room", async () => {
    const reader = createReader({ memoryMegabytes: 240 });
    const pid = await say(reader, "pid");
    expect(await say(reader, "keep")).toBe(pid);
    expect(await say(reader, "pid")).not.toBe(pid);
  });

  it("is nothing once a process had nothing to do for a while", async () => {
    const reader = createReader({ idleSeconds: 0.1 });
    const pid = await say(reader, "pid");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
    expect(await say(reader, "pid")).not.toBe(pid);
  });
});

describe("a full or closed reader", () => {
  it("sends callers away when too many files wait", async () => {
    const reader = createReader({ maxWaiting: 1, timeoutSeconds: 1 });
    const jobs = ["hang", "fine", "fine"].map((what) => order(reader, what));
    await expect(jobs[2]).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5 });
    expect(await Promise.all(jobs.slice(0, 2))).toMatchObject([{ ok: false }, { ok: true }]);
  });

  it("answers everyone when it closes and takes nothing more", async () => {
    const reader = createReader();
    const settled = Promise.allSettled(["hang", "fine"].map((what) => order(reader, what)));
    await reader.close();
    expect(await settled).toMatchObject([{ status: "rejected" }, { status: "rejected" }]);
    await expect(order(reader, "fine")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  });
});
