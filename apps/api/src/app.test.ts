import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashPassword } from "@intake/core/auth/passwords";
import { createFileMailer } from "@intake/email/file-mailer";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPage } from "./testing/plain-pages";
import { readProblem } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

describe("health and metrics", () => {
  let isStopping = false;
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ app: { isStopping: () => isStopping, metricsToken: "a-token-for-metrics" } });
  });
  afterAll(() => app.close());

  test("a stopping process lives but is not ready", async () => {
    const ready = await app.fetch("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: "ready", checks: { database: "ok", storage: "ok", queue: "ok" } },
    ]);
    isStopping = true;
    const stopping = await app.fetch("/readyz");
    expect([stopping.status, stopping.headers.get("retry-after")]).toEqual([503, "5"]);
    expect((await app.fetch("/livez")).status).toBe(200);
    isStopping = false;
  });

  test("metrics are for who has the token", async () => {
    for (const headers of [
      {},
      { Authorization: "Bearer a-token-for-metricz" },
      { Authorization: "a-token-for-metrics" },
    ]) {
      await readProblem(await app.fetch("/metrics", { headers }), 401);
    }
    await app.submit([]);
    const headers = { Authorization: "Bearer a-token-for-metrics" };
    await app.measured("waiting", headers);
    const response = await app.fetch("/metrics", { headers });
    const text = await response.text();
    expect(response.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(text).toContain('intake_lead_submissions_total{outcome="refused"} 1');
    expect(text).toContain('intake_upload_refusals_total{reason="missing"} 1');
    expect(text).toMatch(/intake_http_requests_total\{method="POST",route="\/api\/leads",status="422"\} 1/);
    expect(text).toMatch(/intake_outbox_mails\{state="\w+"\} 0/);
  });
});

describe("pages", () => {
  test("the form has a key of its own for every visitor", async () => {
    const app = await startTestApp();
    const [first, second] = await Promise.all([app.fetch("/"), app.fetch("/")]);
    // Checked again each time, yet kept for Back, which must bring back what was typed.
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const pages = [readPage(await first.text()), readPage(await second.text())];
    expect(pages[0]).toMatchObject({
      name: "form",
      props: {
        officeName: "Calder & Rowe",
        resumeLimits: { maxBytes: 5_242_880, formats: ["PDF", "DOC", "DOCX"] },
      },
    });
    expect(pages[0]?.props.values).toBeUndefined();
    expect(pages[0]?.props.idempotencyKey).not.toBe(pages[1]?.props.idempotencyKey);
    await app.close();
  });

  test("opened by number instead of name, the dashboard is sent to where its cookie lives", async () => {
    const app = await startTestApp();
    const response = await fetch(`http://127.0.0.1:${app.port}/app/leads?status=PENDING`, {
      redirect: "manual",
    });
    expect([response.status, response.headers.get("location")]).toEqual([
      307,
      `${app.baseUrl}/app/leads?status=PENDING`,
    ]);
    await app.close();
  });
});

describe("the dev mailbox", () => {
  test("shows every mail, newest first, as a page without scripts and as JSON", async () => {
    const directory = await mkdtemp(join(tmpdir(), "intake-mailbox-"));
    const fileMailer = createFileMailer({ directory });
    const app = await startTestApp({ app: { fileMailer } });
    const mail = {
      from: "intake@localhost",
      to: "minh@gmail.example",
      html: "<p>Hi</p>",
      text: "Hi",
      tag: "lead-receipt",
    };
    const id = "01976a3e-0000-7000-8000-000000000001";
    await fileMailer.send({ ...mail, id, subject: "We have it: INT-7K4Q-92FD" });
    expect(await (await app.fetch("/dev/mailbox.json")).json()).toMatchObject([
      { ...mail, id, replyTo: null },
    ]);
    const page = await app.fetch(`/dev/mailbox?id=${id}`);
    expect(page.headers.get("content-security-policy")).toMatch(/^default-src 'none'; (?!.*script-src)/);
    expect(await page.text()).toContain("INT-7K4Q-92FD");
    await app.close();
    await rm(directory, { recursive: true });
  });
});

describe("behind a proxy", () => {
  const password = "correct horse battery staple";
  const forwardedFor = async (trustProxy: number, forwarded: string[]) => {
    const app = await startTestApp({ isRateLimited: true, app: { trustProxy } });
    await app.createUser("ADMIN", { email: "a@x.example", passwordHash: await hashPassword(password) });
    const statuses: number[] = [];
    // The thirty-first failure of one source is refused; which source it is decides the configured number of proxies.
    for (let index = 0; index < 31; index += 1) {
      const headers = { "X-Forwarded-For": forwarded[index % forwarded.length] ?? "" };
      const body = { email: `x${index}@x.example`, password: "wrong" };
      statuses.push((await app.call("POST", "/api/auth/login", { body, headers })).status);
    }
    await app.close();
    return statuses.at(-1);
  };

  test("without one configured, its header is a lie; with one, only the last hop counts (detail 4.75)", async () => {
    expect(await forwardedFor(0, ["203.0.113.1", "203.0.113.2"])).toBe(429);
    expect(await forwardedFor(1, ["203.0.113.1", "203.0.113.2"])).toBe(401);
    expect(await forwardedFor(1, ["203.0.113.1, 198.51.100.9", "203.0.113.2, 198.51.100.9"])).toBe(429);
  });
});
