import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { permissions } from "@intake/core/auth/policy";
import { roles } from "@intake/core/auth/schema";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { createFileMailer } from "@intake/email/file-mailer";
import { openApiDocument } from "@intake/trpc/openapi";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { listRoutes } from "../testing/list-routes";
import { filePart, formParts, multipartBody, multipartType } from "../testing/multipart";
import { sendRaw } from "../testing/raw-request";
import { readJson } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const callers = ["nobody", "READ_ONLY", "INTAKE", "ATTORNEY", "ADMIN", "deactivated", "admin's key"] as const;
type Caller = (typeof callers)[number];

/** The status for each caller, in the order of `callers`. */
type Row = EachOf<typeof callers>;
type EachOf<Names extends readonly unknown[]> = { [Index in keyof Names]: number };
const open = (status: number): Row => [status, status, status, status, status, status, status];

/** What every route of the host answers to whom: one line a route. A route without a line fails the test: deny by default (rule 23). */
const doors: Record<string, Row> = {
  "GET /": open(200),
  "GET /received/:token": open(404),
  "POST /api/leads": open(201),
  "GET /api/leads": [401, 200, 200, 200, 200, 401, 200],
  "GET /api/leads/:leadId": [401, 200, 200, 200, 200, 401, 200],
  "PATCH /api/leads/:leadId": [401, 403, 200, 200, 200, 401, 200],
  "GET /api/leads/:leadId/resume": [401, 403, 200, 200, 200, 401, 200],
  // The lead's own file once more, which makes no second one.
  "POST /api/leads/:leadId/resumes": [401, 403, 200, 200, 200, 401, 200],
  // A link's token and the cookie of the browser it was made for, nothing else.
  "GET /api/resumes/link/:token": open(404),
  "POST /api/upload-failures": open(204),
  "POST /api/browser-errors": open(204),
  "POST /api/leads/export": [401, 403, 403, 200, 200, 401, 403],
  "GET /api/audit/export": [401, 403, 403, 403, 200, 401, 403],
  "POST /api/auth/login": open(401),
  "POST /api/auth/second-factor": open(401),
  "POST /api/auth/refresh": open(401),
  "POST /api/auth/logout": [401, 204, 204, 204, 204, 401, 403],
  // Without a provider there is no single sign-on; with one, oidc.test.ts.
  "GET /api/auth/sso/start": open(404),
  "GET /api/auth/sso/callback": open(404),
  "GET /api/openapi.json": open(200),
  "GET /api/docs": open(200),
  "GET /api/docs/start.js": open(200),
  "GET /livez": open(200),
  "GET /readyz": open(200),
  // Nobody's session opens the metrics, only their own token (app.test.ts).
  "GET /metrics": open(401),
  // Development only: the routes are not there when mails leave for real.
  "GET /dev/mailbox": open(200),
  "GET /dev/mailbox.json": open(200),
};

/** What a route needs beside a caller. */
const bodies: Record<string, Pick<RequestInit, "body" | "headers">> = {
  "POST /api/leads": {
    body: new Uint8Array(multipartBody(formParts())),
    headers: { "Content-Type": multipartType },
  },
  "POST /api/leads/:leadId/resumes": {
    body: new Uint8Array(multipartBody([filePart()])),
    headers: { "Content-Type": multipartType },
  },
  "POST /api/leads/export": json({ selection: { kind: "matching", query: {}, except: [] } }),
  "PATCH /api/leads/:leadId": json({ status: "PENDING" }),
  "POST /api/upload-failures": json({ reason: "unreadable" }),
  "POST /api/browser-errors": json({
    ...{ app: "form", kind: "uncaught", type: "TypeError", route: "/" },
    frames: [{ file: "assets/entry-client-x.js", line: 1, column: 1 }],
  }),
  "POST /api/auth/login": json({ email: "nobody@calderrowe.example", password: "wrong" }),
  "POST /api/auth/second-factor": json({ token: "x", code: "123456" }),
  "POST /api/auth/refresh": json({ refreshToken: "x" }),
};

function json(body: object): Pick<RequestInit, "body" | "headers"> {
  return { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
}

let app: TestApp;
let leadId: string;
let mailbox: string;
beforeAll(async () => {
  mailbox = await mkdtemp(join(tmpdir(), "intake-mailbox-"));
  const fileMailer = createFileMailer({ directory: mailbox });
  app = await startTestApp({ app: { metricsToken: "a-token-for-metrics", fileMailer } });
  leadId = (await readJson(await app.submit(formParts()), leadReceiptSchema)).id;
});
afterAll(async () => {
  await app.close();
  await rm(mailbox, { recursive: true });
});

/** What a caller sends; of a new person each time, since some calls end it. */
async function credentialOf(caller: Caller): Promise<string | undefined> {
  if (caller === "nobody") return undefined;
  const role = roles.find((name) => name === caller);
  if (role) return app.signIn(role);
  const token = await app.signIn("ADMIN");
  return caller === "deactivated" ? deactivated(token) : keyOf(token);
}

/** The person's access ends, and nobody has told their session. */
async function deactivated(token: string): Promise<string> {
  const { id } = (await readJson(await app.call("GET", "/trpc/auth.me", { token }), meSchema)).result.data;
  await app.effects.db.prisma.user.update({ where: { id }, data: { disabledAt: new Date() } });
  return token;
}

const meSchema = z.object({ result: z.object({ data: z.object({ id: z.uuid() }) }) });

async function keyOf(token: string): Promise<string> {
  const made = await app.call("POST", "/trpc/apiKeys.create", {
    token,
    body: { name: "CRM", role: "ADMIN" },
  });
  return (await readJson(made, madeKeySchema)).result.data.secret;
}
const madeKeySchema = z.object({ result: z.object({ data: z.object({ secret: z.string() }) }) });

async function statusOf(route: string, caller: Caller): Promise<number> {
  const [method = "", path = ""] = route.split(" ");
  const token = await credentialOf(caller);
  const { body, headers } = bodies[route] ?? {};
  const response = await app.fetch(path.replace(":leadId", leadId).replace(":token", "x"), {
    method,
    ...(body === undefined ? {} : { body }),
    headers: { ...headers, ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
  });
  await response.arrayBuffer();
  return response.status;
}

test("every route of the host has a line", () => {
  expect(Object.keys(doors).sort()).toEqual(listRoutes(app.host));
});

test.each(Object.keys(doors))("%s", async (route) => {
  const answers: [Caller, number][] = [];
  for (const caller of callers) answers.push([caller, await statusOf(route, caller)]);
  expect(answers).toEqual(callers.map((caller, index) => [caller, doors[route]?.[index]]));
});

test("TRACE gives nothing back", async () => {
  const head = "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Secret: seen\r\nConnection: close\r\n\r\n";
  const { status, text } = await sendRaw(app.port, head);
  expect(status).toBe(404);
  expect(text).not.toContain("seen");
});

test("the API's description says of every operation who may call it, as its door does", () => {
  const { paths = {} } = openApiDocument(app.effects.settings);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const route = `${method.toUpperCase()} ${path.replace(/\{lead_id\}/, ":leadId")}`;
      const { description, "x-permission": access } = describedSchema.parse(operation);
      return { route, access, description };
    }),
  );
  expect(operations.length).toBeGreaterThan(9);
  for (const { route, access, description } of operations) {
    const row = doors[route] ?? open(0);
    // What is public answers all alike, with 401 where a secret of the body is wrong.
    expect([route, new Set(row).size === 1]).toEqual([route, access === "public"]);
    const allowed = roles.filter((role) => access === "public" || (row[callers.indexOf(role)] ?? 0) < 400);
    expect([route, allowed.sort()]).toEqual([route, rolesFor(access)]);
    expect(description).toMatch(/Anybody|signed in|Needs the permission/);
  }
});
const describedSchema = z.object({ "x-permission": z.string(), description: z.string() });

function rolesFor(access: string): string[] {
  const named = Object.entries(permissions).find(([permission]) => permission === access);
  return [...(named?.[1] ?? roles)].sort();
}
