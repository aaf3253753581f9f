/** Who may do what: the one table that the server enforces, the screens read and the role matrix test walks. Browser-safe. */
import { type Role, roles, type SignedInUser } from "./schema";

/** A session ends after this many seconds without activity (PRD 3.2). */
export const idleSeconds = 30 * 60;
/** Seconds before the end of a session at which its person is warned. */
export const warningSeconds = 2 * 60;

export const permissions = {
  "leads.read": ["ADMIN", "ATTORNEY", "INTAKE", "READ_ONLY"],
  "leads.update-status": ["ADMIN", "ATTORNEY", "INTAKE"],
  "leads.note": ["ADMIN", "ATTORNEY", "INTAKE"],
  "leads.assign": ["ADMIN", "ATTORNEY", "INTAKE"],
  "leads.relate": ["ADMIN", "ATTORNEY", "INTAKE"],
  "leads.change-many": ["ADMIN", "ATTORNEY", "INTAKE"],
  "leads.export": ["ADMIN", "ATTORNEY"],
  "views.share": ["ADMIN", "ATTORNEY", "INTAKE"],
  "reports.read": ["ADMIN", "ATTORNEY", "INTAKE", "READ_ONLY"],
  "resumes.read": ["ADMIN", "ATTORNEY", "INTAKE"],
  "resumes.download": ["ADMIN", "ATTORNEY", "INTAKE"],
  "resumes.add": ["ADMIN", "ATTORNEY", "INTAKE"],
  "people.manage": ["ADMIN"],
  "settings.manage": ["ADMIN"],
  "api-keys.manage": ["ADMIN"],
  "audit.read": ["ADMIN"],
  "audit.export": ["ADMIN"],
  "operations.manage": ["ADMIN"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Roles as people call them. */
export const roleWords: Record<Role, string> = {
  ADMIN: "Admin",
  ATTORNEY: "Attorney",
  INTAKE: "Intake",
  READ_ONLY: "Read only",
};

/** What a permission lets people do, in the words of the table on the people page. */
export const permissionWords: Record<Permission, string> = {
  "leads.read": "See leads",
  "leads.update-status": "Mark reached out",
  "leads.note": "Write notes",
  "leads.assign": "Assign leads, hold one while writing",
  "leads.relate": "Link letters of one person",
  "leads.change-many": "Change many leads at once",
  "leads.export": "Export leads",
  "views.share": "Share views with the office",
  "reports.read": "See the office's numbers",
  "resumes.read": "Read resumes",
  "resumes.download": "Download original resumes",
  "resumes.add": "Add a newer resume to a lead",
  "people.manage": "Invite people, change roles, deactivate",
  "settings.manage": "Change office settings",
  "api-keys.manage": "Make and revoke API keys",
  "audit.read": "Read the audit",
  "audit.export": "Export the audit",
  "operations.manage": "See how Intake runs, settle failed jobs",
};

/** What people who may only read get beside, where the office shows them resumes. */
const shownByOffice: readonly Permission[] = ["resumes.read", "resumes.download"];

/** Whether this person may do this. */
export function can(person: Pick<SignedInUser, "role" | "seesResumes">, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(person.role) || (person.seesResumes && shownByOffice.includes(permission));
}

/** Whether people of a role see resumes in an office that shows them to READ_ONLY, or does not. */
export function seesResumes(role: Role, office: { readOnlySeesResumes: boolean }): boolean {
  return role !== "READ_ONLY" || office.readOnlySeesResumes;
}

/** The one of two roles that may do less; each role may do all that the roles after it may. */
export function lesserRole(left: Role, right: Role): Role {
  return roles.indexOf(left) > roles.indexOf(right) ? left : right;
}

const denials: Record<Permission, string> = {
  "leads.read": "Your role cannot see leads. An admin can change that.",
  "leads.update-status": "Your role can read leads but not change them.",
  "leads.note": "Your role can read notes but not write them.",
  "leads.assign": "Your role can read leads but not assign them.",
  "leads.relate": "Your role can read leads but not link them.",
  "leads.change-many": "Your role can read leads but not change many at once.",
  "leads.export": "Your role cannot export leads. An admin or attorney can.",
  "views.share": "Your role can keep views but not share them.",
  "reports.read": "Your role cannot see the office's numbers. An admin can change that.",
  "resumes.read": "Your role cannot see resumes. An admin can change that.",
  "resumes.download": "Your role cannot open resumes.",
  "resumes.add": "Your role can read leads but not add resumes.",
  "people.manage": "Only admins manage people.",
  "settings.manage": "Only admins change the office's settings.",
  "api-keys.manage": "Only admins manage API keys.",
  "audit.read": "Only admins read the audit.",
  "audit.export": "Only admins export the audit.",
  "operations.manage": "Only admins see how Intake runs.",
};

/** The sentence for a control that this role may not use. */
export function explainDenial(permission: Permission): string {
  return denials[permission];
}
