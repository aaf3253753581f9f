/** Events and faults of the audit in words. Browser-safe. */
import type { AuditKind, ChainProblem } from "./schema";

export const kindWords: Record<AuditKind, string> = {
  "sign-in": "Signing in",
  leads: "Leads",
  people: "People",
  security: "Passwords and keys",
  office: "Office",
};

const eventWords: Record<string, string> = {
  "lead.submitted": "Lead submitted",
  "lead.viewed": "Opened a lead",
  "lead.status_changed": "Changed the status",
  "lead.reverted": "Set a lead back to pending, with a reason",
  "lead.assigned": "Assigned a lead",
  "lead.reminded": "Reminded of a lead",
  "lead.escalated": "Told the admins of a late lead",
  "lead.noted": "Wrote a note",
  "lead.claimed": "Held a lead to write to its person",
  "lead.released": "Let go of a lead",
  "lead.note_edited": "Changed a note",
  "lead.related": "Decided about two letters of one person",
  "lead.unrelated": "Took back a decision about two letters",
  "leads.exported": "Exported leads",
  "bulk.started": "Started changing many leads",
  "bulk.finished": "Finished changing many leads",
  "resume.scanned": "Checked a resume",
  "resume.downloaded": "Downloaded a resume",
  "resume.viewed": "Read a resume",
  "resume.added": "Added a newer resume",
  "mail.sent": "Mail sent",
  "mail.failed": "Mail failed",
  "mail.suppressed": "Mail held back",
  "mail.resent": "Mail sent again",
  "auth.signed_in": "Signed in",
  "auth.signed_out": "Signed out",
  "auth.sign_in_failed": "Sign-in failed",
  "auth.second_factor_failed": "Second factor failed",
  "auth.stepped_up": "Confirmed identity",
  "auth.step_up_failed": "Confirming identity failed",
  "auth.token_reused": "A session token was used twice",
  "auth.session_ended": "Ended a session",
  "auth.other_sessions_ended": "Ended the other sessions",
  "user.created": "Account made",
  "user.invited": "Invited a person",
  "user.deactivated": "Deactivated a person",
  "user.sessions_ended": "Signed a person out everywhere",
  "auth.all_sessions_ended": "Signed everybody out",
  "user.reactivated": "Reactivated a person",
  "user.role_changed": "Changed a role",
  "user.profile_changed": "Changed their profile",
  "invitation.accepted": "Accepted the invitation",
  "invitation.role_changed": "Changed an invitation’s role",
  "invitation.resent": "Sent the invitation again",
  "invitation.revoked": "Revoked an invitation",
  "notify_address.added": "Added a notice address",
  "notify_address.removed": "Removed a notice address",
  "password.changed": "Changed the password",
  "password.change_refused": "Changing the password failed",
  "password.reset_requested": "Asked for a new password",
  "password.reset": "Set a new password by mail",
  "second_factor.added": "Added a second factor",
  "second_factor.removed": "Removed a second factor",
  "second_factor.reset": "Took away a person’s second factors",
  "passkey.renamed": "Renamed a passkey",
  "recovery_code.used": "Used a recovery code",
  "recovery_codes.renewed": "Made new recovery codes",
  "identity.linked": "Linked a single sign-on account",
  "api_key.created": "Made an API key",
  "api_key.revoked": "Revoked an API key",
  "settings.changed": "Changed the office’s settings",
  "office.rules_changed": "Changed hours, target or assignment",
  "holiday.added": "Added a holiday",
  "holiday.removed": "Removed a holiday",
  "view.saved": "Kept a view",
  "view.changed": "Changed a view",
  "view.deleted": "Deleted a view",
  "audit.chain_verified": "Proved the audit whole",
  "audit.chain_broken": "Found the audit broken",
  "audit.exported": "Exported the audit",
  "storage.orphans_swept": "Removed left-over files",
  "job.retried": "Had a failed job tried again",
  "job.discarded": "Gave up a failed job",
  "keys.rotated": "Changed encryption keys",
};

/** What happened, in words; an event this version does not know is shown by its own name. */
export function describeType(type: string): string {
  return eventWords[type] ?? type.replaceAll(/[._]/g, " ");
}

/** Whether it is something to look at twice. */
export function isAlarming(type: string): boolean {
  return /failed|refused|reused|broken/.test(type);
}

/** What is wrong with the chain, and where: first the fact, then the place. */
export function describeProblem({ kind, position, eventId }: ChainProblem): string {
  const place = `entry ${position?.toLocaleString("en-GB")}`;
  switch (kind) {
    case "changed":
      return `The row of ${place} was changed, moved or put in from outside.`;
    case "event-missing":
      return `The row of ${place} was removed.`;
    case "seal-missing":
      return `The seal of ${place} was removed.`;
    case "cut-off":
      return `The chain does not go through its anchor: it was cut off or rewritten at or before ${place}.`;
    case "unsealed":
      return `The row ${eventId} has no seal: it was put in past the sealing, or the sealing stands still.`;
  }
}
