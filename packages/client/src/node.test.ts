import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { afterEach, expect, test } from "vitest";
import { readFailure } from "./failure";
import { createIntakeClient } from "./node";

const user = {
  id: "0193f5a0-0000-7000-8000-000000000001",
  email: "ana@firm.co",
  name: "Ana",
  role: "ATTORNEY",
  timeZone: "UTC",
};
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

type Answer = { data: unknown } | { code: string; message?: string; extra?: object };

/** A server that answers in tRPC's envelope; `handle` sees each call's path, body and token. */
async function serve(handle: (call: { path: string; input: unknown; token: string | undefined }) => Answer) {
  const calls: string[] = [];
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const isBatch = url.searchParams.has("batch");
    let body = "";
    for await (const chunk of request) body += chunk;
    const input: unknown = body === "" ? undefined : JSON.parse(body);
    const token = request.headers.authorization?.replace("Bearer ", "");
    const envelopes = url.pathname
      .replace("/trpc/", "")
      .split(",")
      .map((path) => {
        calls.push(path);
        const answer = handle({ path, input, token });
        if ("data" in answer) return { result: { data: answer.data } };
        const { code, message = "No.", extra } = answer;
        return { error: { message, code: -32001, data: { code, requestId: "r1", errors: [], ...extra } } };
      });
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(isBatch ? envelopes : envelopes[0]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The test server has no port.");
  return { baseUrl: `http://127.0.0.1:${address.port}`, calls };
}

const tokens = (accessToken: string, refreshToken: string) => ({
  data: { accessToken, refreshToken, tokenType: "Bearer", expiresIn: 300, user },
});

test("signs in when the first call needs it, asks for the refresh token in the body, and signs in once", async () => {
  const { baseUrl, calls } = await serve(({ path, input, token }) => {
    if (path === "auth.login") {
      expect(input).toEqual({ email: "ana@firm.co", password: "secret", tokenDelivery: "body" });
      return tokens("access-1", "refresh-1");
    }
    expect(token).toBe("access-1");
    return { data: { PENDING: 37, REACHED_OUT: 1247 } };
  });
  const client = createIntakeClient({ baseUrl, credentials: { email: "ana@firm.co", password: "secret" } });
  expect(await client.leads.totals.query()).toEqual({ PENDING: 37, REACHED_OUT: 1247 });
  await client.leads.totals.query();
  expect(calls).toEqual(["auth.login", "leads.totals", "leads.totals"]);
});

test("after a 401 refreshes with the newest refresh token and asks again, once", async () => {
  const { baseUrl, calls } = await serve(({ path, input, token }) => {
    if (path === "auth.login") return tokens("access-1", "refresh-1");
    if (path === "auth.refresh") {
      expect(input).toEqual({ refreshToken: "refresh-1" });
      return tokens("access-2", "refresh-2");
    }
    return token === "access-2" ? { data: user } : { code: "UNAUTHORIZED" };
  });
  const client = createIntakeClient({ baseUrl, credentials: { email: "ana@firm.co", password: "secret" } });
  expect((await client.auth.me.query()).name).toBe("Ana");
  expect(calls).toEqual(["auth.login", "auth.me", "auth.refresh", "auth.me"]);
});

test("a given access token is used as it is; its 401 is the caller's to handle", async () => {
  const { baseUrl, calls } = await serve(({ token }) => {
    expect(token).toBe("given");
    return { code: "UNAUTHORIZED", message: "Sign in to go on." };
  });
  const client = createIntakeClient({ baseUrl, accessToken: "given" });
  const failure = readFailure(await client.auth.me.query().catch((error: unknown) => error));
  expect(failure).toMatchObject({ code: "UNAUTHORIZED", message: "Sign in to go on.", requestId: "r1" });
  expect(calls).toEqual(["auth.me"]);
});

test("a conflict carries the lead as it stands now; anything else in its place is dropped", async () => {
  const lead = {
    id: user.id,
    reference: "INT-7K4Q-92FD",
    firstName: "Minh Khai",
    lastName: "Nguyễn Thị",
    email: "m@x.co",
    status: "REACHED_OUT",
    createdAt: "2026-11-24T09:14:00.000Z",
    updatedAt: "2026-11-24T09:14:00.000Z",
    version: 2,
    source: "FORM",
    timeZone: null,
    assignee: null,
    respondBy: null,
    reachedOutAt: null,
    responseMinutes: null,
    resume: {
      id: user.id,
      fileName: "cv.pdf",
      format: "PDF",
      sizeBytes: 1,
      sha256: "00",
      scanState: "CLEAN",
      scanReason: null,
    },
  };
  for (const [current, expected] of [
    [lead, lead],
    [{ password: "x" }, undefined],
  ]) {
    const { baseUrl } = await serve(() => ({
      code: "CONFLICT",
      extra: { current, errors: [{ path: "status", message: "Taken." }] },
    }));
    const client = createIntakeClient({ baseUrl, accessToken: "given" });
    const call = client.leads.updateStatus.mutate({ leadId: user.id, status: "REACHED_OUT", version: 1 });
    const failure = readFailure(await call.catch((error: unknown) => error));
    expect(failure.currentLead).toEqual(expected);
    expect(failure.fieldErrors).toEqual([{ path: "status", message: "Taken." }]);
  }
});

test("never more than ten calls in one request", async () => {
  const { baseUrl } = await serve(({ path }) => ({
    data: path === "leads.totals" ? { PENDING: 1, REACHED_OUT: 2 } : null,
  }));
  let most = 0;
  const fetch = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    most = Math.max(most, new URL(String(input)).pathname.split(",").length);
    return fetch(input, init);
  };
  closers.push(() => {
    globalThis.fetch = fetch;
  });
  const client = createIntakeClient({ baseUrl, accessToken: "given" });
  await Promise.all(Array.from({ length: 25 }, () => client.leads.totals.query()));
  expect(most).toBe(10);
});

test("no server is UNREACHABLE, in words a person can read", async () => {
  const client = createIntakeClient({ baseUrl: "http://127.0.0.1:9", accessToken: "given" });
  const failure = readFailure(await client.auth.me.query().catch((error: unknown) => error));
  expect(failure).toMatchObject({
    code: "UNREACHABLE",
    message: "The server did not answer. Nothing was changed.",
  });
});
