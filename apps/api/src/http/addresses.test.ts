import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
let token: string;
beforeAll(async () => {
  app = await startTestApp();
  token = await app.signIn("ATTORNEY");
});
afterAll(() => app.close());

describe("every address", () => {
  test.each([
    ["GET", "/api"],
    ["GET", "/api/nothing"],
    ["GET", "/nothing"],
    ["GET", "/dev/mailbox"],
    ["POST", "/api/leads/x/y/z"],
  ])("%s %s is a 404 problem", async (method, path) => {
    expect((await readProblem(await app.call(method, path), 404)).code).toBe("NOT_FOUND");
  });

  test.each(["/api/leads/%zz", "/api/leads/%E0%A4%A/resume", "/received/%zz", "/trpc/%zz"])(
    "%s is a 400 problem",
    async (path) => {
      await readProblem(await app.call("GET", path, { token }), 400);
    },
  );

  test.each([
    ["PUT", "/api/leads", "GET, HEAD, POST"],
    ["DELETE", "/api/leads/5", "GET, HEAD, PATCH"],
    ["POST", "/api/leads/5/resume", "GET, HEAD"],
    ["GET", "/api/auth/login", "POST"],
    ["PUT", "/trpc/leads.list", "GET, POST, HEAD"],
  ])("%s %s is a 405 problem that says what is allowed", async (method, path, allowed) => {
    const response = await app.call(method, path, { token });
    expect(response.headers.get("allow")).toBe(allowed);
    expect((await readProblem(response, 405)).code).toBe("METHOD_NOT_SUPPORTED");
  });

  test.each(["/livez", "/", "/api/openapi.json", "/api/nothing", "/trpc/leads.list", "/metrics"])(
    "%s carries a request id of its own, whatever the caller sends, and strict headers",
    async (path) => {
      const [first, second] = await Promise.all(
        [1, 2].map(() => app.fetch(path, { headers: { "X-Request-Id": "mine" } })),
      );
      const ids = [first?.headers.get("x-request-id"), second?.headers.get("x-request-id")];
      expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
      expect(ids[0]).not.toBe(ids[1]);
      expect(first?.headers.get("x-powered-by")).toBeNull();
      expect(first?.headers.get("x-content-type-options")).toBe("nosniff");
      expect(first?.headers.get("content-security-policy")).toMatch(
        /script-src 'self';.*object-src 'none'.*frame-ancestors 'none'/,
      );
    },
  );

  test("HEAD asks with the same filters", async () => {
    expect((await app.call("HEAD", "/api/leads?limit=-1", { token })).status).toBe(422);
    expect((await app.call("HEAD", "/api/leads?limit=1", { token })).status).toBe(200);
  });
});
