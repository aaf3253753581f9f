import type { ApiKey, CreateApiKey, CreatedApiKey } from "@intake/core/api-keys/schema";
import type { ActiveColleague, AssignLead } from "@intake/core/assignment/schema";
import type { AuditPage, ChainReport, ListAudit, NightlyCheck } from "@intake/core/audit/schema";
import type { FirstAdmin, TokenAnswer } from "@intake/core/auth/schema";
import type {
  FindExcerpt,
  Lead,
  LeadEvent,
  LeadPage,
  LeadTotals,
  ListLeadEvents,
  ListLeads,
  UpdateLeadStatus,
} from "@intake/core/leads/schema";
import type { AddNote, EditNote, Mention, Note } from "@intake/core/notes/schema";
import type { OfficeSettings, UpdateOfficeSettings } from "@intake/core/office/schema";
import type { ChangePassword, PasswordRules, ResetPassword } from "@intake/core/passwords/schema";
import type {
  AcceptInvitation,
  ChangeInvitationRole,
  ChangeRole,
  InvitationState,
  InvitePerson,
  NotifyAddress,
  People,
  Profile,
  UpdateProfile,
} from "@intake/core/people/schema";
import type { Claim, Company } from "@intake/core/presence/schema";
import type { MarkLeads } from "@intake/core/reading-marks/schema";
import type { DecideRelation, RelatedLead } from "@intake/core/relations/schema";
import type { AskReport, Attention, OfficeReport } from "@intake/core/reports/schema";
import type {
  CreateLink,
  ReadPage,
  ResumeLink,
  ResumePage,
  ResumePlace,
  ResumeVersion,
  ResumeView,
} from "@intake/core/resume-files/schema";
import type { Excerpt } from "@intake/core/resumes/schema";
import type {
  AuthenticatorSetup,
  PasskeyChallenge,
  RecoveryCodes,
  SecondFactorNeeded,
  SecondFactorState,
  StepUpMethods,
} from "@intake/core/second-factor/schema";
import type { MySession, SessionState, SignInEvent } from "@intake/core/sessions/schema";
import type {
  ChangeView,
  ListHabits,
  ListLayout,
  ListView,
  PinView,
  SaveView,
} from "@intake/core/views/schema";
import { startingLayout } from "@intake/core/views/schema";
import { vi } from "vitest";
import { createFakeNews, sampleClaim } from "./fake-news";
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
import { sampleInvitationState, samplePeople, sampleProfile, sampleRules } from "./sample-people";
import { sampleAttention, sampleReport } from "./sample-report";

interface Credentials {
  email: string;
  password: string;
}
type Answer<Output> = Output | Promise<Output>;

/** What the dashboard may ask, and what it gets. */
export interface Answers {
  "auth.refresh": () => Answer<TokenAnswer>;
  "auth.login": (input: Credentials) => Answer<TokenAnswer | SecondFactorNeeded>;
  "auth.verifySecondFactor": (input: { token: string; code?: string }) => Answer<TokenAnswer>;
  "auth.ways": () => Answer<{ singleSignOn: string | null }>;
  "auth.askPasskey": () => Answer<PasskeyChallenge>;
  "auth.askStepUp": () => Answer<StepUpMethods>;
  "auth.stepUp": (input: { password?: string }) => Answer<null>;
  "secondFactor.state": () => Answer<SecondFactorState>;
  "secondFactor.startAuthenticator": () => Answer<AuthenticatorSetup>;
  "secondFactor.confirmAuthenticator": (input: { code: string }) => Answer<RecoveryCodes>;
  "secondFactor.removeAuthenticator": () => Answer<null>;
  "secondFactor.renewRecoveryCodes": () => Answer<RecoveryCodes>;
  "secondFactor.renamePasskey": (input: { passkeyId: string; name: string }) => Answer<null>;
  "secondFactor.removePasskey": (input: { passkeyId: string }) => Answer<null>;
  "auth.logout": () => Answer<null>;
  "sessions.mine": () => Answer<MySession[]>;
  "sessions.history": () => Answer<SignInEvent[]>;
  "sessions.touch": () => Answer<SessionState>;
  "sessions.end": (input: { sessionId: string }) => Answer<null>;
  "sessions.endOthers": () => Answer<{ ended: number }>;
  "apiKeys.list": () => Answer<ApiKey[]>;
  "apiKeys.create": (input: CreateApiKey) => Answer<CreatedApiKey>;
  "apiKeys.revoke": (input: { apiKeyId: string }) => Answer<null>;
  "auth.setupState": (input: {
    token: string;
  }) => Answer<{ needsFirstAdmin: boolean; tokenValid: boolean; rules: PasswordRules }>;
  "auth.createFirstAdmin": (input: FirstAdmin) => Answer<TokenAnswer>;
  "account.profile": () => Answer<Profile>;
  "account.updateProfile": (input: UpdateProfile) => Answer<Profile>;
  "account.passwordRules": () => Answer<PasswordRules>;
  "account.changePassword": (input: ChangePassword) => Answer<null>;
  "account.invitationState": (input: { token: string }) => Answer<InvitationState>;
  "account.acceptInvitation": (input: AcceptInvitation) => Answer<TokenAnswer>;
  "account.requestReset": (input: { email: string }) => Answer<null>;
  "account.resetState": (input: { token: string }) => Answer<{ rules: PasswordRules } | null>;
  "account.resetPassword": (input: ResetPassword) => Answer<null>;
  "people.list": () => Answer<People>;
  "people.invite": (input: InvitePerson) => Answer<{ id: string }>;
  "people.resendInvitation": (input: { invitationId: string }) => Answer<null>;
  "people.revokeInvitation": (input: { invitationId: string }) => Answer<null>;
  "people.changeInvitationRole": (input: ChangeInvitationRole) => Answer<null>;
  "people.changeRole": (input: ChangeRole) => Answer<null>;
  "people.deactivate": (input: { userId: string }) => Answer<null>;
  "people.reactivate": (input: { userId: string }) => Answer<null>;
  "people.addNotifyAddress": (input: { email: string }) => Answer<NotifyAddress>;
  "people.removeNotifyAddress": (input: { id: string }) => Answer<null>;
  "settings.get": () => Answer<OfficeSettings>;
  "settings.update": (input: UpdateOfficeSettings) => Answer<OfficeSettings>;
  "leads.list": (input: ListLeads) => Answer<LeadPage>;
  "leads.totals": () => Answer<LeadTotals>;
  "leads.byId": (input: { leadId: string }) => Answer<Lead>;
  "leads.events": (input: ListLeadEvents) => Answer<LeadEvent[]>;
  "leads.colleagues": () => Answer<ActiveColleague[]>;
  "leads.assign": (input: AssignLead) => Answer<Lead>;
  "notes.add": (input: AddNote) => Answer<Note>;
  "notes.edit": (input: EditNote) => Answer<Note>;
  "notes.myMentions": () => Answer<Mention[]>;
  "relations.list": (input: { leadId: string }) => Answer<RelatedLead[]>;
  "relations.decide": (input: DecideRelation) => Answer<null>;
  "reports.office": (input: AskReport) => Answer<OfficeReport>;
  "reports.attention": () => Answer<Attention>;
  "leads.excerpt": (input: FindExcerpt) => Answer<Excerpt | null>;
  "leads.noteView": (input: { leadId: string }) => Answer<null>;
  "marks.set": (input: MarkLeads) => Answer<null>;
  "presence.company": (input: { leadId: string }) => Answer<Company>;
  "presence.stay": (input: { leadId: string }) => Answer<Company>;
  "presence.leave": (input: { leadId: string }) => Answer<null>;
  "presence.claim": (input: { leadId: string }) => Answer<Claim>;
  "presence.release": (input: { leadId: string }) => Answer<null>;
  "resumes.versions": (input: { leadId: string }) => Answer<ResumeVersion[]>;
  "resumes.openView": (input: ResumePlace) => Answer<ResumeView>;
  "resumes.page": (input: ReadPage) => Answer<ResumePage>;
  "resumes.createLink": (input: CreateLink) => Answer<ResumeLink>;
  "audit.list": (input: ListAudit) => Answer<AuditPage>;
  "audit.checkChain": () => Answer<ChainReport>;
  "audit.nightlyCheck": () => Answer<NightlyCheck>;
  "leads.updateStatus": (input: UpdateLeadStatus) => Answer<Lead>;
  "views.list": () => Answer<ListView[]>;
  "views.save": (input: SaveView) => Answer<{ id: string }>;
  "views.change": (input: ChangeView) => Answer<null>;
  "views.delete": (input: { viewId: string }) => Answer<null>;
  "views.pin": (input: PinView) => Answer<null>;
  "views.habits": () => Answer<ListHabits>;
  "views.keepLayout": (input: ListLayout) => Answer<null>;
  "views.look": (input: { at: string }) => Answer<null>;
}

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
  "people.addNotifyAddress": ({ email }) => ({ id: sampleId(400), email }),
  "people.removeNotifyAddress": () => null,
  "settings.get": () => officeDefaults,
  "settings.update": (input) => ({ ...officeDefaults, ...input }),
  "leads.list": () => samplePage([sampleLead(1), sampleLead(2)]),
  "leads.totals": () => ({ PENDING: 2, REACHED_OUT: 1 }),
  "leads.byId": () => sampleLead(1),
  "leads.events": () => [sampleEvent(1)],
  "leads.colleagues": () => sampleColleagues(),
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
