import { randomUUID } from "node:crypto";
import { hashPassword } from "@intake/core/auth/passwords";
import { tokenAnswerSchema } from "@intake/core/auth/schema";
import { leadReceiptSchema } from "@intake/core/leads/schema";
import { addPasskey, askNewPasskey } from "@intake/core/second-factor/passkeys";
import { secondFactorNeededSchema } from "@intake/core/second-factor/schema";
import { createFakeAuthenticator } from "@intake/core/testing/fake-authenticator";
import { readFixture } from "@intake/documents/samples/fixture";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { filePart, formParts, multipartBody, multipartType, type Part } from "../testing/multipart";
import { readJson } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

const answerSchema = z.object({
  content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
});
const operationSchema = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  responses: z.record(z.string(), answerSchema),
});
const documentSchema = z.object({
  openapi: z.string(),
  servers: z.array(z.object({ url: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()), securitySchemes: z.unknown() }),
});

const email = "ana@calderrowe.example";
const password = "correct horse battery staple";
let app: TestApp;
let document: z.infer<typeof documentSchema>;
let raw: Record<string, unknown>;
let token: string;
let leadId: string;
const ajv = addFormats.default(new Ajv2020({ strict: false, formats: { binary: true } }));

beforeAll(async () => {
  app = await startTestApp();
  raw = await readJson(await app.fetch("/api/openapi.json"), z.record(z.string(), z.unknown()));
  document = documentSchema.parse(raw);
  ajv.addSchema(raw, "openapi");
  token = await app.signIn("ATTORNEY");
  await app.createUser("ADMIN", { email, passwordHash: await hashPassword(password) });
  leadId = (await readJson(await app.submit(formParts()), leadReceiptSchema)).id;
});
afterAll(() => app.close());

test("the document is valid OpenAPI 3.1 and names this installation", async () => {
  const validator = new Validator();
  const result = await validator.validate(structuredClone(raw));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe("3.1");
  expect(document.servers).toEqual([{ url: app.baseUrl }]);
  expect(Object.keys(document.components.schemas)).toEqual(["Problem"]);
});

test("every operation of the contract is in it, the public ones without a key and the others with one", () => {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { security }]) => `${method} ${path}${security?.length ? " protected" : ""}`,
    ),
  );
  expect(operations.sort()).toEqual(
    [
      "get /api/audit/export protected",
      "get /api/leads protected",
      "get /api/leads/{lead_id} protected",
      "get /api/leads/{lead_id}/resume protected",
      "post /api/leads/{lead_id}/resumes protected",
      "patch /api/leads/{lead_id} protected",
      "post /api/auth/login",
      "post /api/auth/logout protected",
      "post /api/auth/refresh",
      "post /api/auth/second-factor",
      "post /api/leads",
      "post /api/leads/export protected",
      "post /api/upload-failures",
    ].sort(),
  );
});

test("the docs page brings everything from here", async () => {
  const page = await (await app.fetch("/api/docs")).text();
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(file).toMatch(/^\/api\/docs\//);
    expect((await app.fetch(file)).status).toBe(200);
  }
  expect(page).not.toMatch(/<script>|style=/);
});

function addResume(headers: Record<string, string>, parts: Part[] = [filePart()]): Promise<Response> {
  return app.fetch(`/api/leads/${leadId}/resumes`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": multipartType, ...headers },
    body: new Uint8Array(multipartBody(parts)),
  });
}

function exportLeads(by: string, extra: object = {}): Promise<Response> {
  const selection = { kind: "matching", query: {}, except: [] };
  return app.call("POST", "/api/leads/export", { token: by, body: { selection, ...extra } });
}

/** One call of each documented answer that a test can bring about, by operation and status. */
const calls: Record<string, Record<number, () => Promise<Response>>> = {
  "post /api/leads": {
    201: () => app.submit(formParts()),
    200: async () => {
      const headers = { "Idempotency-Key": randomUUID() };
      await app.submit(formParts(), headers);
      return app.submit(formParts(), headers);
    },
    303: () => app.submit(formParts(), { Accept: "text/html" }),
    400: () => app.submit(formParts(), { "Content-Type": "multipart/form-data" }),
    413: () => app.submit(formParts({}, { value: Buffer.alloc(6 * 1024 * 1024) })),
    415: () => app.submit([], { "Content-Type": "text/plain" }),
    422: () => app.submit([]),
  },
  "get /api/leads": {
    200: () => app.call("GET", "/api/leads?q=minh&limit=1", { token }),
    400: () => app.call("GET", "/api/leads?cursor=x", { token }),
    401: () => app.call("GET", "/api/leads"),
    422: () => app.call("GET", "/api/leads?limit=0", { token }),
  },
  "get /api/leads/{lead_id}": {
    200: () => app.call("GET", `/api/leads/${leadId}`, { token }),
    401: () => app.call("GET", `/api/leads/${leadId}`),
    404: () => app.call("GET", `/api/leads/${randomUUID()}`, { token }),
    422: () => app.call("GET", "/api/leads/1", { token }),
  },
  "patch /api/leads/{lead_id}": {
    200: () =>
      app.call("PATCH", `/api/leads/${leadId}`, { token, body: { status: "REACHED_OUT", channel: "email" } }),
    400: () => app.call("PATCH", `/api/leads/${leadId}`, { token, body: [] }),
    401: () => app.call("PATCH", `/api/leads/${leadId}`, { body: { status: "PENDING" } }),
    403: async () =>
      app.call("PATCH", `/api/leads/${leadId}`, {
        token: await app.signIn("READ_ONLY"),
        body: { status: "PENDING" },
      }),
    404: () => app.call("PATCH", `/api/leads/${randomUUID()}`, { token, body: { status: "PENDING" } }),
    409: () =>
      app.call("PATCH", `/api/leads/${leadId}`, {
        token,
        body: { status: "PENDING" },
        headers: { "If-Match": '"99"' },
      }),
    413: () => app.call("PATCH", `/api/leads/${leadId}`, { token, body: { note: "x".repeat(200_000) } }),
    415: () =>
      app.call("PATCH", `/api/leads/${leadId}`, {
        token,
        body: {},
        headers: { "Content-Type": "text/plain" },
      }),
    422: () => app.call("PATCH", `/api/leads/${leadId}`, { token, body: { status: "GONE" } }),
  },
  "get /api/leads/{lead_id}/resume": {
    200: () => app.call("GET", `/api/leads/${leadId}/resume`, { token }),
    401: () => app.call("GET", `/api/leads/${leadId}/resume`),
    206: () => app.call("GET", `/api/leads/${leadId}/resume`, { token, headers: { Range: "bytes=0-9" } }),
    403: async () => app.call("GET", `/api/leads/${leadId}/resume`, { token: await app.signIn("READ_ONLY") }),
    404: () => app.call("GET", `/api/leads/${randomUUID()}/resume`, { token }),
  },
  "post /api/leads/{lead_id}/resumes": {
    201: () => addResume({}, [filePart({ value: readFixture("resume.docx"), fileName: "better.docx" })]),
    200: () => addResume({}),
    400: () => addResume({ "Content-Type": "multipart/form-data" }),
    401: () => addResume({ Authorization: "Bearer x" }),
    403: async () => addResume({ Authorization: `Bearer ${await app.signIn("READ_ONLY")}` }),
    413: () => addResume({}, [filePart({ value: Buffer.alloc(6 * 1024 * 1024) })]),
    415: () => addResume({ "Content-Type": "text/plain" }),
    422: () => addResume({}, []),
  },
  "post /api/leads/export": {
    200: async () => exportLeads(await app.signIn("ATTORNEY")),
    400: async () => app.call("POST", "/api/leads/export", { token: await app.signIn("ATTORNEY"), body: 7 }),
    401: () => exportLeads("x"),
    403: async () => exportLeads(await app.signIn("INTAKE")),
    413: async () => exportLeads(await app.signIn("ATTORNEY"), { padding: "x".repeat(600_000) }),
    415: async () => {
      const headers = {
        Authorization: `Bearer ${await app.signIn("ATTORNEY")}`,
        "Content-Type": "text/plain",
      };
      return app.fetch("/api/leads/export", { method: "POST", headers, body: "leads" });
    },
    422: async () => exportLeads(await app.signIn("ATTORNEY"), { format: "pdf" }),
  },
  "get /api/audit/export": {
    200: async () => app.call("GET", "/api/audit/export?kind=leads", { token: await app.signIn("ADMIN") }),
    401: () => app.call("GET", "/api/audit/export"),
    403: () => app.call("GET", "/api/audit/export", { token }),
    422: async () => app.call("GET", "/api/audit/export?kind=gossip", { token: await app.signIn("ADMIN") }),
  },
  "post /api/upload-failures": {
    204: () => app.call("POST", "/api/upload-failures", { body: { reason: "too-large", sizeBytes: 7e6 } }),
    413: () => app.call("POST", "/api/upload-failures", { body: { reason: "x".repeat(200_000) } }),
    415: () =>
      app.call("POST", "/api/upload-failures", { body: {}, headers: { "Content-Type": "text/plain" } }),
    422: () => app.call("POST", "/api/upload-failures", { body: { reason: "boredom" } }),
  },
  "post /api/auth/login": {
    200: () => app.call("POST", "/api/auth/login", { body: { email, password, tokenDelivery: "body" } }),
    400: () => app.call("POST", "/api/auth/login", { body: "x" }),
    401: () => app.call("POST", "/api/auth/login", { body: { email, password: "wrong" } }),
    413: () => app.call("POST", "/api/auth/login", { body: { email: "x".repeat(200_000) } }),
    415: () => app.call("POST", "/api/auth/login", { body: {}, headers: { "Content-Type": "text/plain" } }),
    422: () => app.call("POST", "/api/auth/login", { body: { email } }),
  },
  "post /api/auth/second-factor": {
    200: async () => {
      const user = await app.createUser("ATTORNEY", {
        email: "two-steps@calderrowe.example",
        passwordHash: await hashPassword(password),
      });
      const actor = { type: "user", user: { ...user, seesResumes: true }, sessionId: user.id } as const;
      const ctx = { ...app.effects, actor, requestId: null, source: null };
      const { origin, hostname } = new URL(app.baseUrl);
      const key = createFakeAuthenticator({ origin, rpId: hostname });
      const { recoveryCodes } = await addPasskey(ctx, {
        ...key.register(await askNewPasskey(ctx)),
        name: "Key",
      });
      const entered = await app.call("POST", "/api/auth/login", { body: { email: user.email, password } });
      const { secondFactor } = await readJson(entered, secondFactorNeededSchema);
      return app.call("POST", "/api/auth/second-factor", {
        body: { token: secondFactor.token, recoveryCode: recoveryCodes[0], tokenDelivery: "body" },
      });
    },
    401: () => app.call("POST", "/api/auth/second-factor", { body: { token: "x", code: "123 456" } }),
    422: () => app.call("POST", "/api/auth/second-factor", { body: { token: "x" } }),
  },
  "post /api/auth/refresh": {
    200: async () => {
      const entered = await app.call("POST", "/api/auth/login", {
        body: { email, password, tokenDelivery: "body" },
      });
      const { refreshToken } = await readJson(entered, tokenAnswerSchema);
      return app.call("POST", "/api/auth/refresh", { body: { refreshToken } });
    },
    401: () => app.call("POST", "/api/auth/refresh", { body: { refreshToken: "x" } }),
    403: () => app.call("POST", "/api/auth/refresh", { body: {}, headers: { Cookie: "intake_refresh=x" } }),
    422: () => app.call("POST", "/api/auth/refresh", { body: { refreshToken: 5 } }),
  },
  "post /api/auth/logout": {
    204: async () => app.call("POST", "/api/auth/logout", { token: await app.signIn("ATTORNEY") }),
    401: () => app.call("POST", "/api/auth/logout"),
    422: () => app.call("POST", "/api/auth/logout", { token, body: { everywhere: true } }),
  },
};

describe.each(Object.entries(calls))("%s", (operation, answers) => {
  const [method = "", path = ""] = operation.split(" ");

  test.each(Object.entries(answers))(
    "%s is documented and has the documented shape",
    async (status, call) => {
      const response = await call();
      expect(response.status).toBe(Number(status));
      const documented = document.paths[path]?.[method]?.responses[status];
      expect(documented, `${status} is not in the document`).toBeDefined();
      const type = response.headers.get("content-type")?.split(";")[0] ?? "";
      if (!documented?.content) return;
      expect(Object.keys(documented.content)).toContain(type);
      if (!type.endsWith("json")) return;
      const pointer = ["paths", path, method, "responses", status, "content", type, "schema"]
        .map(escapePointer)
        .join("/");
      const validate = ajv.compile({ $ref: `openapi#/${pointer}` });
      validate(await response.json());
      expect(validate.errors ?? []).toEqual([]);
    },
  );

  test("every documented success has a call here", () => {
    const documented = Object.keys(document.paths[path]?.[method]?.responses ?? {}).filter(
      (status) => Number(status) < 400,
    );
    expect(Object.keys(answers)).toEqual(expect.arrayContaining(documented));
  });
});

test("every documented operation is called", () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect(documented.sort()).toEqual(Object.keys(calls).sort());
});

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
