import { listProcedures } from "@intake/trpc/list-procedures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formParts } from "./testing/multipart";
import { startTestApp, type TestApp } from "./testing/test-app";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ quotaBytes: 50_000_000 });
});
afterAll(() => app.close());

const seriesOf = (text: string) => text.split("\n").filter((line) => line && !line.startsWith("#"));
const scrape = async () => (await app.fetch("/metrics")).text();

test("shows every part that can fail by itself, and which version this is", async () => {
  await app.submit(formParts());
  await app.effects.db.pool.query("INSERT INTO backup_runs (kind) VALUES ('FILE')");
  const text = await app.measured("office");
  for (const line of [
    /^intake_build_info\{version="\d+\.\d+\.\d+",node="24\.\S+"\} 1$/m,
    /^intake_database_pool_connections\{state="busy"\} \d+$/m,
    /^intake_database_pool_limit_connections 10$/m,
    /^intake_queue_jobs\{queue="mail\.deliver",state="waiting"\} 2$/m,
    /^intake_queue_oldest_seconds\{queue="mail\.deliver"\} [\d.]+$/m,
    /^intake_queue_jobs\{queue="audit\.verify",state="dead"\} 0$/m,
    /^intake_outbox_mails\{state="QUEUED"\} 2$/m,
    /^intake_storage_files 1$/m,
    /^intake_backup_last_timestamp_seconds\{kind="backup"\} 1\d{9}(\.\d+)?$/m,
    /^intake_backup_last_timestamp_seconds\{kind="restore_test"\} 0$/m,
    /^intake_audit_chain_broken 0$/m,
    /^intake_security_events_total\{event="authn_login_fail"\} 0$/m,
    /^nodejs_eventloop_lag_p99_seconds /m,
    /^intake_leads_reached_out_ratio 0$/m,
  ])
    expect(text).toMatch(line);
});

test("a sign-in that fails and a right that is missing are counted by their event", async () => {
  await app.call("POST", "/api/auth/login", { body: { email: "nobody@x.example", password: "wrong" } });
  const token = await app.signIn("READ_ONLY");
  await app.call("GET", "/trpc/audit.list?input=%7B%7D", { token });
  const text = await scrape();
  expect(text).toContain('intake_security_events_total{event="authn_login_fail"} 1');
  expect(text).toContain('intake_security_events_total{event="authz_fail"} 1');
});

test("a database that does not answer delays nobody who reads the metrics", async () => {
  await app.measured("waiting");
  const client = await app.effects.db.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE outbox_mails, leads IN ACCESS EXCLUSIVE MODE");
    const text = await scrape();
    expect(text).toContain('intake_outbox_mails{state="QUEUED"} 2');
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  await app.measured("waiting");
});

test("whatever is called, there are fewer than 2,000 series, and what the office does keeps its own", async () => {
  const procedures = listProcedures().map(({ path }) => path);
  const hostile = [
    ...procedures.flatMap((path) => [
      { path: `/trpc/${path}`, method: "GET" },
      { path: `/trpc/${path}`, method: "DELETE" },
      { path: `/trpc/${path},auth.me?batch=1`, method: "GET" },
    ]),
    ...Array.from({ length: 300 }, (_, index) => ({ path: `/hostile/${index}/{x}`, method: "GET" })),
    ...["PUT", "DELETE", "OPTIONS", "PROPFIND", "MKCOL", "REPORT"].map((method) => ({ path: "/", method })),
  ];
  for (const { path, method } of hostile) await (await app.fetch(path, { method })).arrayBuffer();
  const token = await app.signIn("ADMIN");
  await app.call("GET", "/api/leads", { token });
  const text = await app.measured("queues");
  expect(seriesOf(text).length).toBeLessThan(2000);
  expect(text).toContain('intake_http_requests_total{method="GET",route="/api/leads",status="200"} 1');
  expect(text).toContain('intake_http_requests_total{method="other",route="other"');
  expect(text).toContain('route="/trpc/{batch}"');
  expect(text).not.toContain("hostile");
});
