import type { ApiKey, CreateApiKey, CreatedApiKey } from "@intake/core/api-keys/schema";
import type { ActiveColleague, AssignLead } from "@intake/core/assignment/schema";
import type { AuditPage, ChainReport, ListAudit, NightlyCheck } from "@intake/core/audit/schema";
import type { FirstAdmin, TokenAnswer } from "@intake/core/auth/schema";
import type { BulkProgress, StartBulk } from "@intake/core/bulk/schema";
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
import type { SendMailAgain } from "@intake/core/mail/schema";
import type { AddNote, EditNote, Mention, Note } from "@intake/core/notes/schema";
import type {
  Holiday,
  Office,
  OfficeSettings,
  UpdateOffice,
  UpdateOfficeSettings,
} from "@intake/core/office/schema";
import type { DeadJobId, Operations } from "@intake/core/operations/schema";
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
import type { LeadSelection, SelectionCount } from "@intake/core/selection/schema";
import type { MySession, SessionState, SignInEvent } from "@intake/core/sessions/schema";
import type {
  ChangeView,
  ListHabits,
  ListLayout,
  ListView,
  PinView,
  SaveView,
} from "@intake/core/views/schema";

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
  "people.endSessions": (input: { userId: string }) => Answer<{ ended: number }>;
  "people.endAllSessions": () => Answer<{ ended: number }>;
  "people.addNotifyAddress": (input: { email: string }) => Answer<NotifyAddress>;
  "people.removeNotifyAddress": (input: { id: string }) => Answer<null>;
  "office.get": () => Answer<Office>;
  "office.update": (input: UpdateOffice) => Answer<Office>;
  "office.addHoliday": (input: Holiday) => Answer<Office>;
  "office.removeHoliday": (input: { day: string }) => Answer<Office>;
  "settings.get": () => Answer<OfficeSettings>;
  "settings.update": (input: UpdateOfficeSettings) => Answer<OfficeSettings>;
  "leads.list": (input: ListLeads) => Answer<LeadPage>;
  "leads.totals": () => Answer<LeadTotals>;
  "leads.byId": (input: { leadId: string }) => Answer<Lead>;
  "leads.events": (input: ListLeadEvents) => Answer<LeadEvent[]>;
  "bulk.mine": () => Answer<BulkProgress[]>;
  "bulk.count": (input: LeadSelection) => Answer<SelectionCount>;
  "bulk.start": (input: StartBulk) => Answer<BulkProgress>;
  "bulk.cancel": (input: { bulkId: string }) => Answer<BulkProgress>;
  "bulk.undo": (input: { bulkId: string }) => Answer<BulkProgress>;
  "leads.colleagues": () => Answer<ActiveColleague[]>;
  "leads.sendMailAgain": (input: SendMailAgain) => Answer<null>;
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
  "operations.get": () => Answer<Operations>;
  "operations.retryJob": (input: DeadJobId) => Answer<null>;
  "operations.discardJob": (input: DeadJobId) => Answer<null>;
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
