import { createDatabase } from "@intake/db/database";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { filePart, formParts, multipartBody, multipartType } from "../testing/multipart";
import { postHead, sendCut } from "../testing/raw-request";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ isRateLimited: true });
});
afterEach(() => app.close());

const android =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

/** Reason, browser, band and number of all that was counted. */
async function counted(): Promise<string[]> {
  const rows = await app.effects.db.prisma.uploadFailure.findMany({ orderBy: { reason: "asc" } });
  return rows.map(
    ({ reason, browser, sizeBand, total }) => `${reason} · ${browser} · ${sizeBand} · ${total}`,
  );
}

/** Counting follows the answer. */
const hasCounted = (rows: string[]) => vi.waitFor(async () => expect(await counted()).toEqual(rows));

const report = (body: object, headers: Record<string, string> = {}) =>
  app.call("POST", "/api/upload-failures", { body, headers });

test("a refused file is counted by its reason, kind of browser and size, a lead with a wrong field is not", async () => {
  const headers = { "User-Agent": android };
  await readProblem(await app.submit(formParts({}, { value: "no document at all" }), headers), 422);
  await readProblem(await app.submit(formParts({}, { value: Buffer.alloc(6_000_000) }), headers), 413);
  await readProblem(await app.submit(formParts({ email: "nonsense" }), headers), 422);
  expect((await app.submit(formParts(), headers)).status).toBe(201);
  await hasCounted([
    "not-a-document · Chrome on Android · 262144 · 1",
    "too-large · Chrome on Android · 10485760 · 1",
  ]);
});

test("what is no form, and what breaks off on its way", async () => {
  await readProblem(await app.call("POST", "/api/leads", { body: {} }), 415);
  const whole = multipartBody([filePart()]);
  const head = postHead({ "Content-Type": multipartType, "Content-Length": whole.length });
  await sendCut(app.port, Buffer.concat([Buffer.from(head), whole.subarray(0, 200)]));
  await hasCounted(["broken-off · other · 262144 · 1", "not-a-form · other · 0 · 1"]);
});

test("an office that cannot count answers all the same", async () => {
  const { connectionString, effects } = app;
  const owner = createDatabase({ connectionString, maxConnections: 1, log: effects.log });
  await owner.pool.query("DROP TABLE upload_failures");
  await owner.close();
  const answer = await app.submit(formParts({}, { value: "no document at all" }));
  await readProblem(answer, 422);
});

test("the form page may tell of what never reached us: a reason and a size, nothing else", async () => {
  expect(
    (await report({ reason: "too-large", sizeBytes: 30_000_000 }, { "User-Agent": android })).status,
  ).toBe(204);
  expect((await report({ reason: "no-connection" })).status).toBe(204);
  for (const wrong of [
    {},
    { reason: "broken-off" },
    { reason: "too-large", fileName: "cv.pdf" },
    { reason: "too-large", sizeBytes: "30000000" },
    { reason: "x".repeat(90_000) },
  ])
    await readProblem(await report(wrong), 422);
  await hasCounted(["no-connection · other · 0 · 1", "too-large · Chrome on Android · 104857600 · 1"]);
});

test("one address may tell twenty times a minute", async () => {
  for (let time = 0; time < 20; time++) expect((await report({ reason: "empty" })).status).toBe(204);
  const refused = await report({ reason: "empty" });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  await readProblem(refused, 429);
  await hasCounted(["empty · other · 0 · 20"]);
});

test("the metrics say how often, of the office's numbers what there is, and NaN where there is too little", async () => {
  await report({ reason: "empty" });
  await report({ reason: "empty" });
  await app.submit(formParts());
  const metrics = await app.measured("office");
  const again = await (await app.fetch("/metrics")).text();
  for (const text of [metrics, again])
    expect(text).toContain('intake_upload_failures_total{reason="empty"} 2');
  expect(metrics).toContain('intake_leads{status="PENDING"} 1');
  expect(metrics).toContain("intake_leads_received_30d 1");
  expect(metrics).toContain("intake_leads_in_time_ratio_30d Nan");
  expect(metrics).toContain('intake_first_contact_business_minutes_30d{quantile="0.5"} Nan');
  expect(metrics).toContain('intake_active_users{days="7"} 0');
  expect(metrics.split("\n").filter((line) => !line.startsWith("#")).length).toBeLessThan(2000);
});
