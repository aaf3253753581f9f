import { hashPassword } from "@intake/core/auth/passwords";
import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { startWorker } from "@intake/jobs/worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formParts } from "./testing/multipart";
import { readJson } from "./testing/read-answer";
import { startTestApp, type TestApp } from "./testing/test-app";

const password = "correct horse battery staple";
const email = "ana@calderrowe.example";
const lead = {
  firstName: "Zwiebelfisch",
  lastName: "Quadratschädel",
  email: "zwiebelfisch@prospect.example",
};
const fileName = "Lebenslauf-Zwiebelfisch.pdf";
const note = "Called about the tenancy dispute.";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
  await startWorker(app.boss, app.effects);
  await app.createUser("ATTORNEY", { email, passwordHash: await hashPassword(password) });
});
afterAll(() => app.close());

test("a whole journey logs one line a request, with ids and nothing about people (detail 4.70)", async () => {
  const answers: Response[] = [];
  const keep = (response: Response) => {
    answers.push(response);
    return response;
  };
  const submitted = keep(
    await app.submit(formParts(lead, { fileName }), { "Idempotency-Key": "a-key-of-the-client" }),
  );
  const receipt = await readJson(submitted, leadReceiptSchema);
  keep(await app.fetch(new URL(receipt.receiptUrl).pathname));
  keep(await app.submit(formParts({ ...lead, email: "zwiebelfisch@" }, { value: "", fileName })));
  const entered = keep(
    await app.call("POST", "/api/auth/login", { body: { email, password, tokenDelivery: "body" } }),
  );
  const { accessToken: token, refreshToken = "" } = await readJson(entered, tokenAnswerSchema);
  keep(await app.call("POST", "/api/auth/login", { body: { email, password: "wrong-horse" } }));
  keep(await app.call("GET", `/api/leads?q=${encodeURIComponent(lead.lastName)}`, { token }));
  keep(await app.call("GET", `/api/leads/${receipt.id}`, { token }));
  keep(await app.call("PATCH", `/api/leads/${receipt.id}`, { token, body: { status: "REACHED_OUT", note } }));
  await keep(await app.call("GET", `/api/leads/${receipt.id}/resume`, { token })).arrayBuffer();
  keep(await app.call("GET", "/trpc/leads.totals,leads.totals?batch=1", { token }));
  keep(await app.call("GET", `/nothing/${lead.lastName}?email=${lead.email}`));
  keep(await app.call("POST", "/api/auth/refresh", { body: { refreshToken } }));
  await expect.poll(() => app.logged().filter((line) => line.msg === "mail attempt done")).toHaveLength(2);

  const lines = app.logged();
  const requests = lines.filter((line) => line.msg === "request");
  expect(requests.map((line) => line.requestId)).toEqual(
    answers.map((answer) => answer.headers.get("x-request-id")),
  );
  expect(requests.map((line) => line.status)).toEqual(answers.map((answer) => answer.status));
  const allowed = ["level", "time", "requestId", "method", "route", "status", "durationMs", "userId", "msg"];
  for (const line of requests) expect(Object.keys(line)).toEqual(allowed);
  expect(requests.map((line) => line.route)).toEqual([
    "/api/leads",
    "/received/{token}",
    "/api/leads",
    "/api/auth/login",
    "/api/auth/login",
    "/api/leads",
    "/api/leads/{leadId}",
    "/api/leads/{leadId}",
    "/api/leads/{leadId}/resume",
    "/trpc/leads.totals,leads.totals",
    "other",
    "/api/auth/refresh",
  ]);
  expect(requests.filter((line) => line.userId !== null)).toHaveLength(5);

  const everything = JSON.stringify(lines);
  const secrets = [
    ...Object.values(lead),
    "zwiebelfisch",
    "Lebenslauf",
    "tenancy",
    email,
    password,
    "wrong-horse",
    token,
    refreshToken,
    "a-key-of-the-client",
    new URL(receipt.receiptUrl).pathname.split("/").at(-1) ?? "",
    receipt.resume.sha256,
    "team@calderrowe.example",
  ];
  for (const secret of secrets) expect(everything).not.toContain(secret);
  expect(everything).toContain('"event":"authn_login_fail"');
  expect(everything).toContain('"event":"upload_validation"');
});
