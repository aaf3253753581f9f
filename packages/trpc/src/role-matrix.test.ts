import { createApiKey } from "@intake/core/api-keys/create-api-key";
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
import { matrixInput, mayCall, roleMatrix } from "./testing/role-matrix";

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
    userAgent: null,
    idleSeconds: 0,
    heardUpTo: 0,
    accessToken,
    refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
    onActor: () => undefined,
  };
}

/** They end the session of who asks, so they are asked last. */
const endings = ["auth.logout", "people.endAllSessions"];

/** What a call may end with that was allowed but had nothing to do. */
const beyond = ["NOT_FOUND", "CONFLICT", "UNPROCESSABLE_CONTENT"];

/** What only somebody at a screen does: being in front of a lead, writing to its person, having read it, changing many at once. */
const peoplesOwn = [
  ...["live.changes", "marks.set", "presence.company", "presence.stay", "presence.leave"],
  ...["presence.claim", "presence.release", "views.list", "views.save", "views.change", "views.delete"],
  ...["views.pin", "views.habits", "views.keepLayout", "views.look"],
  ...["bulk.start", "bulk.progress", "bulk.mine", "bulk.cancel", "bulk.undo"],
];

/** The code a call ends with; whatever comes after the right to call (a missing lead, a bad password) is none of the matrix's business. */
async function codeOf(
  path: string,
  type: "query" | "mutation" | "subscription",
  accessToken: string | null,
): Promise<string> {
  try {
    await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx: requestContext(accessToken),
      getRawInput: async () => matrixInput(path, leadId),
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
  expect(listed.map((procedure) => procedure.path).sort()).toEqual(Object.keys(roleMatrix).sort());
});

describe.each(["anonymous", ...roles] as const)("%s", (caller) => {
  let accessToken: string | null = null;
  beforeAll(async () => {
    if (caller === "anonymous") return;
    const user = await domain.createUser(caller);
    accessToken = (await startSession(domain.ctx, user)).answer.accessToken;
  });

  test.each(listProcedures().filter(({ path }) => !endings.includes(path)))(
    "$path",
    async ({ path, type, access }) => {
      const code = await codeOf(path, type, accessToken);
      const isAllowed = mayCall(path, caller);
      if (isAllowed)
        expect(access === "public" ? ["OK", ...beyond, "UNAUTHORIZED"] : ["OK", ...beyond]).toContain(code);
      else expect(code).toBe(caller === "anonymous" ? "UNAUTHORIZED" : "FORBIDDEN");
    },
  );

  test("people.endAllSessions", async () => {
    if (caller !== "ADMIN")
      return expect(await codeOf("people.endAllSessions", "mutation", accessToken)).toBe(
        caller === "anonymous" ? "UNAUTHORIZED" : "FORBIDDEN",
      );
    const { accessToken: another } = (await startSession(domain.ctx, await domain.createUser("ADMIN")))
      .answer;
    expect(await codeOf("people.endAllSessions", "mutation", another)).toBe("OK");
    expect(await codeOf("auth.me", "query", another)).toBe("UNAUTHORIZED");
    accessToken = (await startSession(domain.ctx, await domain.createUser("ADMIN"))).answer.accessToken;
  });

  test("auth.logout", async () => {
    expect(await codeOf("auth.logout", "mutation", accessToken)).toBe(
      caller === "anonymous" ? "UNAUTHORIZED" : "OK",
    );
    if (accessToken) expect(await codeOf("auth.me", "query", accessToken)).toBe("UNAUTHORIZED");
  });
});

test("an API key does what its role may, and never what only a person may", async () => {
  const owner = await domain.createUser("ADMIN");
  const { secret } = await createApiKey(domain.asStaff(owner), { name: "CRM", role: "ATTORNEY" });
  const codes = new Map<string, string>();
  for (const { path, type, access } of listProcedures())
    if (access !== "public") codes.set(path, await codeOf(path, type, secret));
  const opened = [...codes].filter(([, code]) => code !== "FORBIDDEN").map(([path]) => path);
  // A link belongs to a person's browser; a program takes the file with its key.
  const peoples = ["resumes.createLink", ...peoplesOwn];
  const attorneys = listProcedures().filter(
    ({ path, access }) =>
      access !== "public" && access !== "person" && !peoples.includes(path) && mayCall(path, "ATTORNEY"),
  );
  expect(opened.sort()).toEqual(attorneys.map(({ path }) => path).sort());
  const admins = await createApiKey(domain.asStaff(owner), { name: "All", role: "ADMIN" });
  for (const path of ["apiKeys.list", "apiKeys.create", "apiKeys.revoke"])
    expect(await codeOf(path, path === "apiKeys.list" ? "query" : "mutation", admins.secret)).toBe(
      "FORBIDDEN",
    );
});

test("an office may show resumes to READ_ONLY, from the next call on, and that opens these doors alone", async () => {
  const office = { id: 1 };
  const show = (readOnlySeesResumes: boolean) =>
    domain.ctx.db.prisma.officeSettings.update({ where: office, data: { readOnlySeesResumes } });
  const reader = await domain.createUser("READ_ONLY");
  const { accessToken } = (await startSession(domain.ctx, reader)).answer;
  const owner = await domain.createUser("ADMIN");
  const { secret } = await createApiKey(domain.asStaff(owner), { name: "Reader", role: "READ_ONLY" });
  const opened = async (token: string) => {
    const paths: string[] = [];
    for (const { path, type, access } of listProcedures())
      if (access !== "public" && path !== "auth.logout" && (await codeOf(path, type, token)) !== "FORBIDDEN")
        paths.push(path);
    return paths;
  };
  const before = await opened(accessToken);
  const keyBefore = await opened(secret);
  await show(true);
  const gained = (await opened(accessToken)).filter((path) => !before.includes(path));
  expect(gained.sort()).toEqual(["leads.excerpt", "resumes.createLink", "resumes.openView", "resumes.page"]);
  const keyGained = (await opened(secret)).filter((path) => !keyBefore.includes(path));
  expect(keyGained.sort()).toEqual(["leads.excerpt", "resumes.openView", "resumes.page"]);
  await show(false);
  expect(await opened(accessToken)).toEqual(before);
});

test("a token of a session that does not exist opens nothing", async () => {
  const user = await domain.createUser("ADMIN");
  const token = await signAccessToken(domain.ctx, { userId: user.id, sessionId: user.id });
  expect(await codeOf("leads.list", "query", token)).toBe("UNAUTHORIZED");
});

test("the calls changed nothing that they should not", async () => {
  expect(await getLead(domain.ctx, leadId)).toMatchObject({ status: "PENDING", version: 1 });
});
