import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { buildDocx, docxEntries } from "@intake/documents/samples/build-docx";
import { buildPdf } from "@intake/documents/samples/build-pdf";
import { buildZip } from "@intake/documents/samples/build-zip";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createClamavScanner } from "./clamav-scanner";
import { eicar, hasClamd, startClamd } from "./testing/start-clamd";
import { startOddServer } from "./testing/start-odd-server";

const scannerAt = (address: string, input: { timeoutSeconds?: number; now?: () => Date } = {}) =>
  createClamavScanner({ address, timeoutSeconds: 10, now: () => new Date(), ...input });
const of = (bytes: Buffer | string) => Readable.from([Buffer.from(bytes)]);

describe.skipIf(!hasClamd())("against the real clamd", () => {
  let clamd: Awaited<ReturnType<typeof startClamd>>;
  beforeAll(async () => {
    clamd = await startClamd();
  });
  afterAll(() => clamd?.close());

  const infected = { verdict: "infected", reason: "Intake.Test.Eicar.UNOFFICIAL" };

  test.each([
    ["clean text", Buffer.from("a resume"), { verdict: "clean" }],
    ["a clean PDF", buildPdf(), { verdict: "clean" }],
    ["a clean DOCX", buildDocx(), { verdict: "clean" }],
    ["EICAR", Buffer.from(eicar), infected],
    ["EICAR in a PDF", buildPdf({ objects: `%${eicar}\n` }), infected],
    ["EICAR in a DOCX", buildDocx({ extra: [{ name: "word/media/x.txt", content: eicar }] }), infected],
    ["EICAR after 5 MB", Buffer.concat([Buffer.alloc(5 * 1024 * 1024, 65), Buffer.from(eicar)]), infected],
    [
      "an encrypted archive",
      buildZip(docxEntries().map((entry) => ({ ...entry, both: { flags: 0x0801 } }))),
      { verdict: "unscannable", reason: expect.stringMatching(/^is encrypted \(Heuristics\.Encrypted\.Zip/) },
    ],
    ["an empty file", Buffer.alloc(0), { verdict: "unavailable", reason: "the file is empty" }],
    ["more than its stream limit", Buffer.alloc(7 * 1024 * 1024, 65), { verdict: "unavailable" }],
  ])("%s, over TCP and over the unix socket", async (_name, bytes, verdict) => {
    expect(await scannerAt(clamd.tcp).scan(of(bytes))).toMatchObject(verdict);
    expect(await scannerAt(clamd.unix).scan(of(bytes))).toMatchObject(verdict);
  });

  test("40 files at once, each in uneven pieces, get their own verdicts", async () => {
    const scanner = scannerAt(clamd.tcp);
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, (_, at) => {
        const end = at % 2 === 0 ? eicar : "nothing";
        return scanner.scan(Readable.from(["x".repeat(at * 7001 + 1), end.slice(0, 5), end.slice(5)]));
      }),
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(
      verdicts.map((_, at) => (at % 2 === 0 ? "infected" : "clean")),
    );
  });

  test("names its version", async () => {
    expect(await scannerAt(clamd.tcp).version()).toMatch(/^\d+\.\d+\.\d+/);
  });

  test("a clamd that is alive but silent costs the deadline, not more, and then works again", async () => {
    const scanner = scannerAt(clamd.tcp, { timeoutSeconds: 1 });
    clamd.signal("SIGSTOP");
    const start = performance.now();
    // More than the sockets hold: the sending hangs as well.
    const [large, small, version] = await Promise.all([
      scanner.scan(of(Buffer.alloc(5 * 1024 * 1024, 65))),
      scanner.scan(of("a resume")),
      scanner.version(),
    ]);
    const seconds = (performance.now() - start) / 1000;
    clamd.signal("SIGCONT");
    const late = { verdict: "unavailable", reason: "the scanner did not answer within 1 s" };
    expect([large, small, version]).toEqual([late, late, null]);
    expect(seconds).toBeGreaterThan(0.9);
    expect(seconds).toBeLessThan(2.5);
    expect(await scannerAt(clamd.tcp).scan(of("a resume"))).toEqual({ verdict: "clean" });
  });

  test("a stopped clamd opens the breaker; started again, the probe after the pause closes it", async () => {
    const clock = { now: new Date() };
    const scanner = scannerAt(clamd.unix, { now: () => clock.now });
    await clamd.end();
    for (let at = 0; at < 3; at += 1) {
      expect(scanner.state()).toBe("closed");
      expect(await scanner.scan(of("a resume"))).toMatchObject({ verdict: "unavailable" });
    }
    expect(scanner.state()).toBe("open");
    await clamd.startAgain();
    const body = of("a resume");
    expect(await scanner.scan(body)).toMatchObject({ reason: expect.stringContaining("left alone") });
    expect(body.destroyed).toBe(true);
    clock.now = new Date(clock.now.getTime() + 5000);
    expect(await scanner.scan(of("a resume"))).toEqual({ verdict: "clean" });
    expect(scanner.state()).toBe("closed");
  });
});

describe("against servers that are no clamd", () => {
  test.each<[string, (socket: Socket) => void, string]>([
    ["exactly OK", (socket) => socket.end("stream: OK\0"), "clean"],
    ["garbage", (socket) => socket.end(Buffer.from([255, 0, 7, 200])), "unavailable"],
    ["nothing", (socket) => socket.end(), "unavailable"],
    ["OK and then more", (socket) => socket.end("stream: OK\0stream: OK\0"), "unavailable"],
    ["half an answer", (socket) => socket.end("stream: O"), "unavailable"],
    ["an answer without its end", (socket) => socket.end("stream: OK"), "unavailable"],
    [
      "a reset after OK",
      (socket) => socket.write("stream: OK\0", () => socket.resetAndDestroy()),
      "unavailable",
    ],
    ["OK without hanging up", (socket) => socket.write("stream: OK\0"), "unavailable"],
    ["endless words", (socket) => socket.end("stream: ".padEnd(100_000, "x")), "unavailable"],
  ])("%s", async (_name, answer, verdict) => {
    const server = await startOddServer(answer);
    onTestFinished(server.close);
    const scanner = scannerAt(server.address, { timeoutSeconds: 0.5 });
    expect((await scanner.scan(of("a resume"))).verdict).toBe(verdict);
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });

  test("an OK that comes before the whole file was sent counts for nothing", async () => {
    const server = await startOddServer((socket) => socket.end("stream: OK\0"), { at: 20 });
    onTestFinished(server.close);
    async function* slowly() {
      yield Buffer.alloc(100);
      await delay(200);
      yield Buffer.alloc(100);
    }
    const verdict = await scannerAt(server.address).scan(Readable.from(slowly()));
    expect(verdict).toMatchObject({ verdict: "unavailable", reason: expect.stringContaining("stream: OK") });
  });

  test("reads no more of a file than the scanner takes", async () => {
    const server = await startOddServer((socket) => socket.pause(), { at: 1 });
    onTestFinished(server.close);
    let handedOut = 0;
    function* endless() {
      for (;;) {
        handedOut += 1;
        yield Buffer.alloc(1024 * 1024);
      }
    }
    const body = Readable.from(endless(), { highWaterMark: 1 });
    expect(await scannerAt(server.address, { timeoutSeconds: 0.5 }).scan(body)).toMatchObject({
      verdict: "unavailable",
    });
    expect(handedOut).toBeLessThan(40);
    expect(body.destroyed).toBe(true);
  });

  test("a file that cannot be read is not held against the scanner", async () => {
    const server = await startOddServer((socket) => socket.end("stream: OK\0"));
    onTestFinished(server.close);
    const scanner = scannerAt(server.address);
    for (let at = 0; at < 4; at += 1) {
      const broken = new Readable({ read: () => broken.destroy(new Error("disk")) });
      expect(await scanner.scan(broken)).toEqual({
        verdict: "unavailable",
        reason: "the file could not be read from storage",
      });
    }
    expect(scanner.state()).toBe("closed");
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });

  test("a storage that hangs costs the deadline", async () => {
    const server = await startOddServer((socket) => socket.end("stream: OK\0"));
    onTestFinished(server.close);
    const silent = new Readable({ read: () => undefined });
    const verdict = await scannerAt(server.address, { timeoutSeconds: 0.3 }).scan(silent);
    expect(verdict).toMatchObject({ verdict: "unavailable" });
    expect(silent.destroyed).toBe(true);
  });
});
