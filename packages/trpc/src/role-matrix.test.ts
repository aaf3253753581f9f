import { signAccessToken } from "@intake/core/auth/access-token";
import { roles } from "@intake/core/auth/schema";
import { startSession } from "@intake/core/auth/sign-in";
import { getLead } from "@intake/core/leads/get-lead";
import { submitLead } from "@intake/core/leads/submit-lead";
import { submission } from "@intake/core/testing/lead-input";
import { createTestDomain, type TestDomain } from "@intake/core/testing/test-context";
import { callTRPCProcedure } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequestContext } from "./context";
import { listProcedures } from "./list-procedures";
import { appRouter } from "./router";

/** Who may call what. A procedure without a row here fails the test: deny by default (security rule 23, detail 4.63). */
const matrix: Record<
  string,
  { anonymous: boolean; ADMIN: boolean; ATTORNEY: boolean; INTAKE: boolean; READ_ONLY: boolean }
> = {
  "auth.login": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.refresh": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.setupState": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.createFirstAdmin": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.me": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.logout": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.list": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.totals": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.byId": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.events": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.updateStatus": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
};

let domain: TestDomain;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});
afterAll(() => domain.close());

function requestContext(accessToken: string | null): RequestContext {
  return {
    effects: domain.ctx,
    requestId: "matrix",
    source: "203.0.113.9",
    accessToken,
    refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
    onActor: () => undefined,
  };
}

/** The code a call ends with; whatever comes after the right to call (a missing lead, a bad password) is none of the matrix's business. */
async function codeOf(
  path: string,
  type: "query" | "mutation" | "subscription",
  accessToken: string | null,
): Promise<string> {
  const inputs: Record<string, unknown> = {
    "auth.login": { email: "nobody@x.co", password: "wrong" },
    "auth.setupState": { token: "x" },
    "auth.createFirstAdmin": { token: "x", name: "X", email: "x@x.co", password: "three wise old herons" },
    "auth.refresh": { refreshToken: "x" },
    "leads.list": {},
    "leads.updateStatus": { leadId, status: "PENDING" },
  };
  const input =
    inputs[path] ?? (path.startsWith("leads.") && path !== "leads.totals" ? { leadId } : undefined);
  try {
    await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx: requestContext(accessToken),
      getRawInput: async () => input,
      signal: undefined,
      batchIndex: 0,
    });
    return "OK";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
  }
}

test("every procedure has an access level and a row in the matrix", () => {
  const listed = listProcedures();
  expect(listed.filter((procedure) => procedure.access === undefined)).toEqual([]);
  expect(listed.map((procedure) => procedure.path).sort()).toEqual(Object.keys(matrix).sort());
});

describe.each(["anonymous", ...roles] as const)("%s", (caller) => {
  let accessToken: string | null = null;
  beforeAll(async () => {
    if (caller === "anonymous") return;
    const user = await domain.createUser(caller);
    accessToken = (await startSession(domain.ctx, user)).answer.accessToken;
  });

  test.each(listProcedures().filter(({ path }) => path !== "auth.logout"))(
    "$path",
    async ({ path, type, access }) => {
      const code = await codeOf(path, type, accessToken);
      const isAllowed = matrix[path]?.[caller];
      if (isAllowed)
        expect(access === "public" ? ["OK", "UNAUTHORIZED", "NOT_FOUND"] : ["OK"]).toContain(code);
      else expect(code).toBe(caller === "anonymous" ? "UNAUTHORIZED" : "FORBIDDEN");
    },
  );

  test("auth.logout", async () => {
    expect(await codeOf("auth.logout", "mutation", accessToken)).toBe(
      caller === "anonymous" ? "UNAUTHORIZED" : "OK",
    );
    if (accessToken) expect(await codeOf("auth.me", "query", accessToken)).toBe("UNAUTHORIZED");
  });
});

test("a token of a session that does not exist opens nothing", async () => {
  const user = await domain.createUser("ADMIN");
  const token = await signAccessToken(domain.ctx, { userId: user.id, sessionId: user.id });
  expect(await codeOf("leads.list", "query", token)).toBe("UNAUTHORIZED");
});

test("the calls changed nothing that they should not", async () => {
  expect(await getLead(domain.ctx, leadId)).toMatchObject({ status: "PENDING", version: 1 });
});
