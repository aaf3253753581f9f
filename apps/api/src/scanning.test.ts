import { leadReceiptSchema } from "@intake/core/leads/schema";
import { queueDueScans } from "@intake/core/resumes/queue-due-scans";
import { buildPdf } from "@intake/documents/samples/build-pdf";
import { startWorker } from "@intake/jobs/worker";
import { createClamavScanner } from "@intake/scanner/clamav-scanner";
import { eicar, hasClamd, startClamd } from "@intake/scanner/testing/start-clamd";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { formParts } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

describe.skipIf(!hasClamd())("with the real scanner", () => {
  let clamd: Awaited<ReturnType<typeof startClamd>>;
  let app: TestApp;
  let token: string;
  const clock = { skippedSeconds: 0 };
  const now = () => new Date(Date.now() + clock.skippedSeconds * 1000);

  beforeAll(async () => {
    clamd = await startClamd();
    app = await startTestApp({
      scanner: createClamavScanner({ address: clamd.tcp, timeoutSeconds: 10, now }),
    });
    await startWorker(app.boss, app.effects);
    token = await app.signIn("ATTORNEY");
  });
  afterAll(async () => {
    await app?.close();
    await clamd?.close();
  });

  async function submit(value: Buffer): Promise<string> {
    const response = await app.submit(formParts({}, { value, fileName: "cv.pdf" }));
    expect(response.status).toBe(201);
    return (await readJson(response, leadReceiptSchema)).id;
  }
  const download = async (id: string) => (await app.call("GET", `/api/leads/${id}/resume`, { token })).status;
  const settles = (id: string, state: string) =>
    vi.waitFor(
      async () => {
        const resume = await app.effects.db.prisma.resume.findFirst({ where: { leadId: id } });
        expect(resume?.scanState).toBe(state);
      },
      { timeout: 10_000, interval: 100 },
    );

  test("a clean resume opens, malware never, both within 10 s of their arrival", async () => {
    const [good, bad] = await Promise.all([
      submit(buildPdf()),
      submit(buildPdf({ objects: `4 0 obj\n(${eicar})\nendobj\n` })),
    ]);
    await settles(good, "CLEAN");
    await settles(bad, "INFECTED");
    expect(await download(good)).toBe(200);
    expect(await download(bad)).toBe(403);
    const events = await app.effects.db.prisma.auditEvent.findMany({
      where: { leadId: bad, type: "resume.scanned" },
    });
    expect(events).toMatchObject([{ actorType: "system", data: { from: "PENDING", verdict: "INFECTED" } }]);
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain("Eicar");
  });

  test("without its scanner the office takes leads and is ready, resumes wait; afterwards they are checked", async () => {
    await clamd.end();
    const id = await submit(buildPdf());
    await vi.waitFor(() =>
      expect(app.logged()).toContainEqual(expect.objectContaining({ msg: "resume not examined" })),
    );
    expect(await download(id)).toBe(409);
    expect((await app.fetch("/readyz")).status).toBe(200);
    expect(await app.measured("waiting")).toMatch(/^intake_resumes_waiting_for_scan 1$/m);

    await clamd.startAgain();
    clock.skippedSeconds = 60;
    expect(await queueDueScans({ ...app.effects, now })).toEqual({ waiting: 1, old: 0 });
    await settles(id, "CLEAN");
    expect(await download(id)).toBe(200);
  });
});
