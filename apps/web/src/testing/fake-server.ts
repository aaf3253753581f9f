import type { OfficeSettings } from "@intake/core/office/schema";
import { startingLayout } from "@intake/core/views/schema";
import { vi } from "vitest";
import type { Answers } from "./fake-answers";
import { createFakeNews, sampleClaim } from "./fake-news";
import { sampleBulk } from "./sample-bulk";
import { sampleColleagues, sampleNote } from "./sample-colleagues";
import {
  sampleApiKey,
  sampleEvent,
  sampleFactors,
  sampleId,
  sampleLead,
  samplePage,
  sampleSession,
  sampleTokens,
} from "./sample-data";
import { samplePicture, sampleVersion, sampleView } from "./sample-files";
import { sampleOffice } from "./sample-office";
import { sampleOperations } from "./sample-operations";
import { sampleInvitationState, samplePeople, sampleProfile, sampleRules } from "./sample-people";
import { sampleAttention, sampleReport } from "./sample-report";

/** Thrown by an answer: the server refuses, with the facts its error carries. */
export class Refusal extends Error {
  readonly data: Record<string, unknown>;

  constructor(code: string, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.data = { code, ...facts };
  }
}

/** Thrown by an answer: nothing comes back at all. */
export class NoAnswer extends Error {}

const officeDefaults: OfficeSettings = {
  secondFactorRoles: [],
  requiresCharacterClasses: false,
  readOnlySeesResumes: false,
};

const calm: Answers = {
  "auth.refresh": () => sampleTokens(),
  "auth.login": () => sampleTokens(),
  "auth.verifySecondFactor": () => sampleTokens(),
  "auth.ways": () => ({ singleSignOn: null }),
  "auth.askPasskey": () => ({ token: "passkey-1", options: { challenge: "AAAA" } }),
  "auth.askStepUp": () => ({ hasPassword: true, passkey: null }),
  "auth.stepUp": () => null,
  "secondFactor.state": () => sampleFactors(),
  "secondFactor.startAuthenticator": () => ({
    uri: "otpauth://totp/Intake:ana@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Intake",
    secret: "JBSWY3DPEHPK3PXP",
  }),
  "secondFactor.confirmAuthenticator": () => ({ recoveryCodes: ["abcde-fgh12", "bcdef-ghj34"] }),
  "secondFactor.removeAuthenticator": () => null,
  "secondFactor.renewRecoveryCodes": () => ({ recoveryCodes: ["abcde-fgh12", "bcdef-ghj34"] }),
  "secondFactor.renamePasskey": () => null,
  "secondFactor.removePasskey": () => null,
  "auth.logout": () => null,
  "sessions.mine": () => [sampleSession(1, { isThisOne: true })],
  "sessions.history": () => [],
  "sessions.touch": () => ({ idleEndsIn: 1_800, absoluteEndsIn: 28_800 }),
  "sessions.end": () => null,
  "sessions.endOthers": () => ({ ended: 1 }),
  "apiKeys.list": () => [],
  "apiKeys.create": ({ name, role }) => ({
    apiKey: sampleApiKey(1, { name, role }),
    secret: "intake_Zk3mT0q8v1xYw7rB5nJ2cH6dL9pS4gAeUfKiVoQtXyM",
  }),
  "apiKeys.revoke": () => null,
  "auth.setupState": () => ({ needsFirstAdmin: true, tokenValid: true, rules: sampleRules }),
  "auth.createFirstAdmin": () => sampleTokens({ role: "ADMIN" }),
  "account.profile": () => sampleProfile(),
  "account.updateProfile": (input) => sampleProfile(input),
  "account.passwordRules": () => sampleRules,
  "account.changePassword": () => null,
  "account.invitationState": () => sampleInvitationState(),
  "account.acceptInvitation": () => sampleTokens(),
  "account.requestReset": () => null,
  "account.resetState": () => ({ rules: sampleRules }),
  "account.resetPassword": () => null,
  "people.list": () => samplePeople(),
  "people.invite": () => ({ id: sampleId(300) }),
  "people.resendInvitation": () => null,
  "people.revokeInvitation": () => null,
  "people.changeInvitationRole": () => null,
  "people.changeRole": () => null,
  "people.deactivate": () => null,
  "people.reactivate": () => null,
  "people.endSessions": () => ({ ended: 1 }),
  "people.endAllSessions": () => ({ ended: 1 }),
  "people.addNotifyAddress": ({ email }) => ({ id: sampleId(400), email }),
  "people.removeNotifyAddress": () => null,
  "office.get": () => sampleOffice(),
  "office.update": ({ former: _, ...rules }) => sampleOffice(rules),
  "office.addHoliday": (holiday) => sampleOffice({ holidays: [holiday] }),
  "office.removeHoliday": () => sampleOffice({ holidays: [] }),
  "settings.get": () => officeDefaults,
  "settings.update": (input) => ({ ...officeDefaults, ...input }),
  "leads.list": () => samplePage([sampleLead(1), sampleLead(2)]),
  "leads.totals": () => ({ PENDING: 2, REACHED_OUT: 1 }),
  "leads.byId": () => sampleLead(1),
  "leads.events": () => [sampleEvent(1)],
  "bulk.mine": () => [],
  "bulk.count": () => ({ total: 2, countedAt: "2026-11-24T09:15:00.000Z" }),
  "bulk.start": ({ change, confirmed }) => sampleBulk({ change, total: confirmed.total }),
  "bulk.cancel": () => sampleBulk({ state: "CANCELLED", finishedAt: "2026-11-24T09:16:00.000Z" }),
  "bulk.undo": () => sampleBulk({ isUndo: true }),
  "leads.colleagues": () => sampleColleagues(),
  "leads.sendMailAgain": () => null,
  "leads.assign": ({ assigneeId }) =>
    sampleLead(1, {
      version: 2,
      assignee: sampleColleagues().find(({ id }) => id === assigneeId) ?? null,
    }),
  "notes.add": ({ leadId, noteId, body }) => sampleNote({ id: noteId, leadId, body }),
  "notes.edit": ({ noteId, body }) => sampleNote({ id: noteId, body, editedAt: "2026-11-20T09:15:00.000Z" }),
  "notes.myMentions": () => [],
  "relations.list": () => [],
  "relations.decide": () => null,
  "reports.office": ({ days }) => sampleReport(days),
  "reports.attention": () => sampleAttention(),
  "leads.excerpt": () => null,
  "leads.noteView": () => null,
  "marks.set": () => null,
  "presence.company": () => ({ people: [], claim: null }),
  "presence.stay": () => ({ people: [], claim: null }),
  "presence.leave": () => null,
  "presence.claim": () => sampleClaim(),
  "presence.release": () => null,
  "resumes.versions": () => [sampleVersion(1)],
  "resumes.openView": () => sampleView(),
  "resumes.page": ({ page }) => samplePicture(`Page ${page} speaks of visas`),
  "resumes.createLink": () => ({
    url: "/api/resumes/link/token-1",
    expiresAt: "2026-11-24T09:15:00.000Z",
  }),
  "audit.list": () => ({ items: [], nextCursor: null }),
  "audit.checkChain": () => ({ checked: 0, head: null, problem: null }),
  "audit.nightlyCheck": () => null,
  "operations.get": () => sampleOperations(),
  "operations.retryJob": () => null,
  "operations.discardJob": () => null,
  "leads.updateStatus": (input) => sampleLead(1, { status: input.status, version: 2 }),
  "views.list": () => [],
  "views.save": () => ({ id: sampleId(600) }),
  "views.change": () => null,
  "views.delete": () => null,
  "views.pin": () => null,
  "views.habits": () => ({ layout: startingLayout, lookedAt: null }),
  "views.keepLayout": () => null,
  "views.look": () => null,
};

/**
 * Answers `fetch` in the wire format of the tRPC mount, batches included; `files` answers plain HTTP calls.
 * `answers` can be changed while a test runs; `calls` lists what was asked, in order.
 */
export function startFakeServer(changes: Partial<Answers> = {}) {
  const server = {
    answers: { ...calm, ...changes },
    files: (_address: string): Response => new Response("", { status: 404 }),
    calls: [] as { path: string; input: unknown }[],
    /** Inputs of the calls of one procedure. */
    asked: (path: keyof Answers) =>
      server.calls.filter((call) => call.path === path).map((call) => call.input),
  };

  async function settle(path: string, input: unknown) {
    server.calls.push({ path, input });
    const procedure: unknown = Object.entries(server.answers).find(([name]) => name === path)?.[1];
    if (typeof procedure !== "function") throw new Error(`The fake server does not know ${path}.`);
    try {
      return { result: { data: await procedure(input) } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { error: { message: error.message, code: -32603, data: { ...error.data, path } } };
    }
  }

  const news = createFakeNews();
  vi.stubGlobal("fetch", async (target: string | URL, init: RequestInit = {}) => {
    const address = new URL(target, "http://localhost:3000");
    if (!address.pathname.startsWith("/trpc/")) return server.files(address.pathname);
    if (address.pathname === "/trpc/live.changes") return news.answer(init.signal);
    const written = init.method === "POST" ? String(init.body ?? "{}") : address.searchParams.get("input");
    const input = JSON.parse(written || "{}");
    const paths = decodeURIComponent(address.pathname.slice("/trpc/".length)).split(",");
    const isBatch = address.searchParams.has("batch");
    const results = await Promise.all(
      paths.map((path, index) => settle(path, isBatch ? input[String(index)] : input)),
    );
    const status = results.some((result) => "error" in result) ? 400 : 200;
    return Response.json(isBatch ? results : results[0], { status });
  });
  return Object.assign(server, { tell: news.tell });
}
