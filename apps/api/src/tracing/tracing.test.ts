import { randomUUID } from "node:crypto";
import { startWorker } from "@intake/jobs/worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { formParts } from "../testing/multipart";
import { startReceiver } from "../testing/start-receiver";
import { startTestApp, type TestApp } from "../testing/test-app";
import { jobTracking } from "./origin";
import { startTracing } from "./start-tracing";
import { tracePool } from "./trace-pool";

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let tracing: ReturnType<typeof startTracing>;
let app: TestApp;
beforeAll(async () => {
  receiver = await startReceiver();
  tracing = startTracing({ endpoint: `http://${receiver.host}`, serviceName: "intake-test" });
  app = await startTestApp();
  tracePool(app.effects.db.pool);
  await startWorker(app.boss, app.effects, jobTracking);
});
afterAll(async () => {
  await app.close();
  await receiver.close();
});

const attributeSchema = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  attributes: z.array(attributeSchema),
});
const bodySchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(attributeSchema) }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});

test("one trace goes from the browser's request over its statements to its jobs, and the log names both", async () => {
  const requestId = randomUUID();
  const lead = { firstName: "Zwiebelfisch", lastName: "Quadratschädel", email: "zwiebelfisch@x.example" };
  const response = await app.submit(formParts(lead, { fileName: "Zwiebelfisch.pdf" }), {
    "X-Request-Id": requestId,
    // A stranger's trace is none of ours.
    traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  });
  expect(response.headers.get("x-request-id")).toBe(requestId);
  const mails = () => app.logged().filter(({ msg }) => msg === "mail attempt done");
  await expect.poll(mails, { timeout: 20_000 }).toHaveLength(2);
  const requestLine = app.logged().find(({ msg }) => msg === "request");
  expect(requestLine).toMatchObject({ requestId, traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  for (const line of mails()) expect(line).toMatchObject({ requestId, traceId: requestLine?.traceId });
  const events = await app.effects.db.prisma.auditEvent.findMany({ where: { type: "mail.sent" } });
  expect(events.map((event) => event.requestId)).toEqual([requestId, requestId]);

  // Spans are sent once they have ended, that of the scan included.
  const openJobs = async () => {
    const { rows } = await app.effects.db.pool.query(
      "SELECT count(*)::int AS open FROM pgboss.job WHERE state < 'completed' AND data ? 'origin'",
    );
    return rows[0].open;
  };
  await expect.poll(openJobs, { timeout: 20_000 }).toBe(0);
  await tracing.stop();
  expect(receiver.received.map(({ path }) => path)).toContain("/v1/traces");
  const resources = receiver.received.flatMap(({ body }) => bodySchema.parse(JSON.parse(body)).resourceSpans);
  const spans = resources
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
    .filter(({ traceId }) => traceId === requestLine?.traceId);
  const root = spans.find(({ name }) => name === "POST /api/leads");
  expect(root?.parentSpanId).toBeUndefined();
  expect(spans.filter(({ name }) => name === "job mail.deliver")).toHaveLength(2);
  expect(spans.find(({ name }) => name === "sql WITH")?.parentSpanId).toBe(root?.spanId);
  const ids = new Set(spans.map(({ spanId }) => spanId));
  for (const span of spans) if (span !== root) expect(ids).toContain(span.parentSpanId);
  expect(JSON.stringify(root)).toContain(requestId);
  expect(JSON.stringify(resources)).not.toMatch(/zwiebelfisch|quadratsch/i);
});
