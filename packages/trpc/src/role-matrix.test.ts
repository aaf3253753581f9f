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
  "auth.ways": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.verifySecondFactor": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.askSecondFactorPasskey": {
    anonymous: true,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "auth.askPasskey": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.loginByPasskey": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.askStepUp": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "auth.stepUp": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "secondFactor.state": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "secondFactor.startAuthenticator": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.confirmAuthenticator": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.removeAuthenticator": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.renewRecoveryCodes": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.askNewPasskey": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.addPasskey": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "secondFactor.renamePasskey": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.removePasskey": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: true,
    INTAKE: true,
    READ_ONLY: true,
  },
  "secondFactor.reset": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "leads.list": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.totals": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.byId": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.events": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "leads.excerpt": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
  "leads.noteView": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "resumes.versions": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "resumes.openView": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
  "resumes.page": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
  "resumes.createLink": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
  "audit.list": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "audit.checkChain": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "audit.nightlyCheck": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "leads.updateStatus": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: false },
  "sessions.mine": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "sessions.history": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "sessions.touch": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "sessions.end": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "sessions.endOthers": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "apiKeys.list": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "apiKeys.create": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "apiKeys.revoke": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "account.invitationState": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.acceptInvitation": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.requestReset": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.resetState": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.resetPassword": { anonymous: true, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.profile": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.updateProfile": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.passwordRules": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "account.changePassword": { anonymous: false, ADMIN: true, ATTORNEY: true, INTAKE: true, READ_ONLY: true },
  "people.list": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "people.invite": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "people.resendInvitation": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: false,
    INTAKE: false,
    READ_ONLY: false,
  },
  "people.revokeInvitation": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: false,
    INTAKE: false,
    READ_ONLY: false,
  },
  "people.changeInvitationRole": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: false,
    INTAKE: false,
    READ_ONLY: false,
  },
  "people.changeRole": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "people.deactivate": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "people.reactivate": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "people.addNotifyAddress": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: false,
    INTAKE: false,
    READ_ONLY: false,
  },
  "people.removeNotifyAddress": {
    anonymous: false,
    ADMIN: true,
    ATTORNEY: false,
    INTAKE: false,
    READ_ONLY: false,
  },
  "settings.get": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
  "settings.update": { anonymous: false, ADMIN: true, ATTORNEY: false, INTAKE: false, READ_ONLY: false },
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
    userAgent: null,
    idleSeconds: 0,
    accessToken,
    refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
    onActor: () => undefined,
  };
}

/** What a call may end with that was allowed but had nothing to do. */
const beyond = ["NOT_FOUND", "CONFLICT", "UNPROCESSABLE_CONTENT"];

const passkey = {
  id: "x",
  rawId: "x",
  type: "public-key",
  clientExtensionResults: {},
  response: { clientDataJSON: "x", authenticatorData: "x", signature: "x" },
};

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
    "auth.verifySecondFactor": { token: "x", code: "123456" },
    "auth.askSecondFactorPasskey": { token: "x" },
    "auth.loginByPasskey": { token: "x", passkey },
    "auth.stepUp": { token: "x", passkey },
    "secondFactor.confirmAuthenticator": { code: "123456" },
    "secondFactor.addPasskey": {
      token: "x",
      name: "Key",
      passkey: { ...passkey, response: { clientDataJSON: "x", attestationObject: "x" } },
    },
    "secondFactor.renamePasskey": { passkeyId: leadId, name: "Key" },
    "secondFactor.removePasskey": { passkeyId: leadId },
    "secondFactor.reset": { userId: leadId },
    "account.invitationState": { token: "x" },
    "account.acceptInvitation": {
      ...{ token: "x", name: "X", timeZone: "UTC", password: "three wise old herons" },
    },
    "account.requestReset": { email: "nobody@x.co" },
    "account.resetState": { token: "x" },
    "account.resetPassword": { token: "x", password: "three wise old herons" },
    "account.updateProfile": { appearance: "DARK" },
    "account.changePassword": { currentPassword: "wrong", newPassword: "three wise old herons" },
    "people.invite": { email: `invited-${path.length}@x.co`, role: "INTAKE" },
    "people.resendInvitation": { invitationId: leadId },
    "people.revokeInvitation": { invitationId: leadId },
    "people.changeInvitationRole": { invitationId: leadId, role: "ADMIN" },
    "people.changeRole": { userId: leadId, role: "ADMIN" },
    "people.deactivate": { userId: leadId },
    "people.reactivate": { userId: leadId },
    "people.addNotifyAddress": { email: "watch@x.co" },
    "people.removeNotifyAddress": { id: leadId },
    "settings.update": { requiresCharacterClasses: false },
    "leads.list": {},
    "leads.excerpt": { leadId, q: "visa" },
    "resumes.versions": { leadId },
    "resumes.openView": { leadId },
    "resumes.page": { leadId, resumeId: leadId, page: 1, width: 800 },
    "resumes.createLink": { leadId },
    "audit.list": {},
    "leads.updateStatus": { leadId, status: "PENDING" },
    "sessions.end": { sessionId: leadId },
    "apiKeys.create": { name: "Zapier", role: "READ_ONLY" },
    "apiKeys.revoke": { apiKeyId: leadId },
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
        expect(access === "public" ? ["OK", ...beyond, "UNAUTHORIZED"] : ["OK", ...beyond]).toContain(code);
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

test("an API key does what its role may, and never what only a person may", async () => {
  const owner = await domain.createUser("ADMIN");
  const { secret } = await createApiKey(domain.asStaff(owner), { name: "CRM", role: "ATTORNEY" });
  const codes = new Map<string, string>();
  for (const { path, type, access } of listProcedures())
    if (access !== "public") codes.set(path, await codeOf(path, type, secret));
  const opened = [...codes].filter(([, code]) => code !== "FORBIDDEN").map(([path]) => path);
  // A link belongs to a person's browser; a program takes the file with its key.
  const peoples = ["resumes.createLink"];
  const attorneys = listProcedures().filter(
    ({ path, access }) =>
      access !== "public" && access !== "person" && !peoples.includes(path) && matrix[path]?.ATTORNEY,
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
