import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { sendRaw } from "../testing/raw-request";
import { internals, readProblem } from "../testing/read-answer";
import { startTestApp, type TestApp } from "../testing/test-app";

let app: TestApp;
let token: string;
beforeAll(async () => {
  app = await startTestApp();
  token = await app.signIn("ATTORNEY");
});
afterAll(() => app.close());
afterEach(() => {
  expect(app.logged().filter((line) => /unexpected error/.test(String(line.msg)))).toEqual([]);
});

const failureSchema = z.strictObject({
  error: z.strictObject({
    message: z.string().min(1),
    code: z.int(),
    data: z.strictObject({
      code: z.string(),
      httpStatus: z.int(),
      path: z.string().optional(),
      requestId: z.string().nullable(),
      errors: z.array(z.strictObject({ path: z.string(), message: z.string() })),
      retryAfterSeconds: z.number().nullable(),
      current: z.unknown(),
      remedy: z.enum(["step-up", "second-factor-setup"]).nullable(),
    }),
  }),
});

/** A tRPC failure in our one shape, with nothing internal in it. */
async function readFailure(response: Response, status: number) {
  const text = await response.text();
  expect(response.status, text).toBe(status);
  expect(text).not.toMatch(internals);
  const { error } = failureSchema.parse(JSON.parse(text));
  expect(error.data.httpStatus).toBe(status);
  if (error.data.requestId) expect(error.data.requestId).toBe(response.headers.get("x-request-id"));
  return error;
}

const query = (path: string, input?: unknown) =>
  app.call(
    "GET",
    `/trpc/${path}${input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`}`,
    { token },
  );
const mutate = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  app.call("POST", `/trpc/${path}`, { token, body, headers });

describe("calls", () => {
  test("a query and a batch of ten answer, and are not cached", async () => {
    const one = await query("leads.list", {});
    expect(one.headers.get("cache-control")).toBe("no-store");
    expect(await one.json()).toMatchObject({ result: { data: { items: [], total: 0 } } });
    const ten = await app.call("GET", `/trpc/${Array(10).fill("leads.totals").join(",")}?batch=1`, { token });
    expect(await ten.json()).toHaveLength(10);
  });

  test.each([
    [
      "an unknown status",
      "leads.updateStatus",
      { leadId: "01890000-0000-7000-8000-000000000000", status: "GONE" },
      "status",
    ],
    ["an operator object", "leads.updateStatus", { leadId: { not: "" }, status: "PENDING" }, "leadId"],
    [
      "another field",
      "leads.updateStatus",
      { leadId: "01890000-0000-7000-8000-000000000000", status: "PENDING", x: 1 },
      "x",
    ],
    ["an operator at sign-in", "auth.login", { email: { contains: "" }, password: "x" }, "email"],
    ["nothing", "auth.login", null, ""],
  ])("%s is 422 at its field, in the same words as on REST", async (...[, path, input, field]) => {
    const failure = await readFailure(await mutate(path, input), 422);
    expect(failure.data).toMatchObject({ code: "UNPROCESSABLE_CONTENT", errors: [{ path: field }] });
    expect(failure.data.requestId).not.toBeNull();
  });

  test.each(["{", '{"json":1', "undefined", "\u0000"])("input %j is 400", async (input) => {
    expect(
      (
        await readFailure(
          await app.call("GET", `/trpc/leads.list?input=${encodeURIComponent(input)}`, { token }),
          400,
        )
      ).data.code,
    ).toBe("BAD_REQUEST");
  });

  test.each(["nothing.here", "leads", "__proto__", "leads.list.x", "constructor"])(
    "procedure %s is 404",
    async (path) => {
      await readFailure(await query(path), 404);
    },
  );

  test("without a token 401, and a lead that is not there 404", async () => {
    await readFailure(await app.fetch("/trpc/leads.list"), 401);
    await readFailure(await query("leads.byId", { leadId: "01890000-0000-7000-8000-000000000000" }), 404);
  });

  test("a mutation by GET is 405", async () => {
    expect((await readFailure(await query("auth.logout"), 405)).data.code).toBe("METHOD_NOT_SUPPORTED");
  });
});

describe("abuse", () => {
  test.each([
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "text/plain",
    "application/x-www-form-urlencoded",
    "",
  ])("a body of type %j never reaches a procedure", async (type) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": type };
    const body = new Uint8Array(Buffer.from("--x--"));
    await readProblem(await app.fetch("/trpc/auth.logout", { method: "POST", headers, body }), 415);
    expect((await query("auth.me")).status).toBe(200);
  });

  test.each(["PUT", "DELETE", "PATCH"])("%s is 405", async (method) => {
    const response = await app.call(method, "/trpc/leads.list", { token });
    expect(response.headers.get("allow")).toBe("GET, POST, HEAD");
    await readProblem(response, 405);
  });

  test("a batch of eleven, and one of 14,000 commas, is 400", async () => {
    await readFailure(
      await app.call("GET", `/trpc/${Array(11).fill("leads.totals").join(",")}?batch=1`, { token }),
      400,
    );
    await readFailure(await app.call("GET", `/trpc/${",".repeat(14_000)}?batch=1`, { token }), 400);
  });

  test.each([
    "auth.login,auth.login",
    "leads.totals,auth.login",
    "leads.totals%2Cauth.login",
    "auth%2Elogin,leads.totals",
    "leads.totals,account.acceptInvitation",
    "account.changePassword,account.changePassword",
    "account%2EresetPassword,leads.totals",
  ])("sign-in in a batch (%s) is 400", async (path) => {
    const input = { email: "x@y.org", password: "x" };
    await readProblem(
      await app.call("POST", `/trpc/${path}?batch=1`, { token, body: { 0: input, 1: input } }),
      400,
    );
  });

  test("a path that would show the guard other procedures than run is 404", async () => {
    await readProblem(await mutate("x/auth.login,auth.login?batch=1", { 0: {}, 1: {} }), 404);
  });

  test("a body over 100 KB is 413", async () => {
    const big = await mutate("auth.login", { email: "x@y.org", password: "x".repeat(100 * 1024) });
    expect((await readFailure(big, 413)).data.code).toBe("PAYLOAD_TOO_LARGE");
  });

  test("a host header that is none is answered, not crashed on", async () => {
    const { status, text } = await sendRaw(
      app.port,
      "GET /trpc/leads.totals HTTP/1.1\r\nHost: [::\r\nConnection: close\r\n\r\n",
    );
    expect(status).toBe(400);
    expect(text).not.toMatch(internals);
  });

  test("deep JSON is refused as what it is", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    await readFailure(await app.fetch("/trpc/auth.login", { method: "POST", headers, body: deep }), 422);
  });
});
