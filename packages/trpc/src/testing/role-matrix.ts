import { type Role, roles } from "@intake/core/auth/schema";

type Callers = "everybody" | readonly Role[];

/** Who may call a procedure, and an input that gets as far as the right to call; what comes after it does not matter. */
type Row = readonly [callers: Callers, input?: unknown];

const everybody = "everybody";
const staff = roles;
const writers: readonly Role[] = ["ADMIN", "ATTORNEY", "INTAKE"];
const admins: readonly Role[] = ["ADMIN"];

/** Stands for the id of the lead that the test made. */
const id = "0190aaaa-0000-7000-8000-000000000000";

const passkey = {
  id: "x",
  rawId: "x",
  type: "public-key",
  clientExtensionResults: {},
  response: { clientDataJSON: "x", authenticatorData: "x", signature: "x" },
};

/** Written down beside the code a second time on purpose: a procedure without a row fails (security rule 23, detail 4.63). */
export const roleMatrix: Record<string, Row> = {
  "auth.login": [everybody, { email: "nobody@x.co", password: "wrong" }],
  "auth.refresh": [everybody, { refreshToken: "x" }],
  "auth.setupState": [everybody, { token: "x" }],
  "auth.createFirstAdmin": [
    everybody,
    { token: "x", name: "X", email: "x@x.co", password: "three wise old herons" },
  ],
  "auth.me": [staff],
  "auth.logout": [staff],
  "auth.ways": [everybody],
  "auth.verifySecondFactor": [everybody, { token: "x", code: "123456" }],
  "auth.askSecondFactorPasskey": [everybody, { token: "x" }],
  "auth.askPasskey": [everybody],
  "auth.loginByPasskey": [everybody, { token: "x", passkey }],
  "auth.askStepUp": [staff],
  "auth.stepUp": [staff, { token: "x", passkey }],
  "secondFactor.state": [staff],
  "secondFactor.startAuthenticator": [staff],
  "secondFactor.confirmAuthenticator": [staff, { code: "123456" }],
  "secondFactor.removeAuthenticator": [staff],
  "secondFactor.renewRecoveryCodes": [staff],
  "secondFactor.askNewPasskey": [staff],
  "secondFactor.addPasskey": [
    staff,
    {
      token: "x",
      name: "Key",
      passkey: { ...passkey, response: { clientDataJSON: "x", attestationObject: "x" } },
    },
  ],
  "secondFactor.renamePasskey": [staff, { passkeyId: id, name: "Key" }],
  "secondFactor.removePasskey": [staff, { passkeyId: id }],
  "secondFactor.reset": [admins, { userId: id }],
  "leads.list": [staff, {}],
  "leads.totals": [staff],
  "leads.byId": [staff, { leadId: id }],
  "leads.events": [staff, { leadId: id }],
  "leads.excerpt": [writers, { leadId: id, q: "visa" }],
  "leads.noteView": [staff, { leadId: id }],
  "live.changes": [staff],
  "marks.set": [staff, { leadIds: [id], isRead: true }],
  "presence.company": [staff, { leadId: id }],
  "presence.stay": [staff, { leadId: id }],
  "presence.leave": [staff, { leadId: id }],
  "presence.claim": [writers, { leadId: id }],
  "presence.release": [writers, { leadId: id }],
  "leads.colleagues": [staff],
  "leads.sendMailAgain": [writers, { leadId: id, mailId: id }],
  "leads.assign": [writers, { leadId: id, assigneeId: null }],
  "notes.add": [writers, { leadId: id, noteId: id, body: "Called." }],
  "notes.edit": [
    writers,
    { noteId: "0190bbbb-0000-7000-8000-000000000000", body: "Called.", editedAt: null },
  ],
  "notes.myMentions": [staff],
  "relations.list": [staff, { leadId: id }],
  "relations.decide": [writers, { leadId: id, otherId: id, kind: null }],
  "resumes.versions": [staff, { leadId: id }],
  "resumes.openView": [writers, { leadId: id }],
  "resumes.page": [writers, { leadId: id, resumeId: id, page: 1, width: 800 }],
  "resumes.createLink": [writers, { leadId: id }],
  "bulk.count": [staff, { kind: "ids", ids: [id] }],
  "bulk.start": [
    writers,
    {
      selection: { kind: "matching", query: { q: "nobody at all" }, except: [] },
      change: { kind: "STATUS", status: "REACHED_OUT" },
      confirmed: { total: 1, countedAt: "2026-03-02T09:30:00.000Z" },
    },
  ],
  "bulk.progress": [writers, { bulkId: id }],
  "bulk.mine": [writers],
  "bulk.cancel": [writers, { bulkId: id }],
  "bulk.undo": [writers, { bulkId: id }],
  "audit.list": [admins, {}],
  "audit.checkChain": [admins],
  "audit.nightlyCheck": [admins],
  "operations.get": [admins],
  "operations.retryJob": [admins, { jobId: id }],
  "operations.discardJob": [admins, { jobId: id }],
  "leads.updateStatus": [writers, { leadId: id, status: "PENDING" }],
  "views.list": [staff],
  "views.save": [staff, { name: "Mine", address: "status=PENDING" }],
  "views.change": [staff, { viewId: id, name: "Mine" }],
  "views.delete": [staff, { viewId: id }],
  "views.pin": [staff, { viewId: id, isPinned: true }],
  "views.habits": [staff],
  "views.keepLayout": [staff, { columns: ["status"], widths: {}, density: "compact" }],
  "views.look": [staff, { at: "2026-11-24T09:00:00.000Z" }],
  "sessions.mine": [staff],
  "sessions.history": [staff],
  "sessions.touch": [staff],
  "sessions.end": [staff, { sessionId: id }],
  "sessions.endOthers": [staff],
  "apiKeys.list": [admins],
  "apiKeys.create": [admins, { name: "Zapier", role: "READ_ONLY" }],
  "apiKeys.revoke": [admins, { apiKeyId: id }],
  "account.invitationState": [everybody, { token: "x" }],
  "account.acceptInvitation": [
    everybody,
    {
      ...{ token: "x", name: "X", timeZone: "UTC", password: "three wise old herons" },
    },
  ],
  "account.requestReset": [everybody, { email: "nobody@x.co" }],
  "account.resetState": [everybody, { token: "x" }],
  "account.resetPassword": [everybody, { token: "x", password: "three wise old herons" }],
  "account.profile": [staff],
  "account.updateProfile": [staff, { appearance: "DARK" }],
  "account.passwordRules": [staff],
  "account.changePassword": [staff, { currentPassword: "wrong", newPassword: "three wise old herons" }],
  "people.list": [admins],
  "people.invite": [admins, { email: `invited-${1}@x.co`, role: "INTAKE" }],
  "people.resendInvitation": [admins, { invitationId: id }],
  "people.revokeInvitation": [admins, { invitationId: id }],
  "people.changeInvitationRole": [admins, { invitationId: id, role: "ADMIN" }],
  "people.changeRole": [admins, { userId: id, role: "ADMIN" }],
  "people.deactivate": [admins, { userId: id }],
  "people.reactivate": [admins, { userId: id }],
  "people.endSessions": [admins, { userId: id }],
  "people.endAllSessions": [admins],
  "people.addNotifyAddress": [admins, { email: "watch@x.co" }],
  "people.removeNotifyAddress": [admins, { id: id }],
  "reports.office": [staff, {}],
  "reports.attention": [staff],
  "uploadFailures.report": [everybody, { reason: "unreadable" }],
  "office.get": [staff],
  "office.update": [
    admins,
    { week: [[], [[540, 1050]], [], [], [], [], []], targetMinutes: 300, mode: "MANUAL" },
  ],
  "office.addHoliday": [admins, { day: "2026-12-25", name: "Christmas Day" }],
  "office.removeHoliday": [admins, { day: "2026-12-25" }],
  "settings.get": [admins],
  "settings.update": [admins, { requiresCharacterClasses: false }],
};

/** The input of a row, with the id of a real lead in it. */
export function matrixInput(path: string, leadId: string): unknown {
  const input = roleMatrix[path]?.[1];
  return input === undefined ? undefined : JSON.parse(JSON.stringify(input).replaceAll(id, leadId));
}

/** Whether somebody of this role, or nobody in particular, may call. */
export function mayCall(path: string, caller: Role | "anonymous"): boolean {
  const callers = roleMatrix[path]?.[0] ?? [];
  return callers === "everybody" || (caller !== "anonymous" && callers.includes(caller));
}
