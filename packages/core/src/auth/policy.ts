/** Who may do what: the one table that the server enforces, the screens read and the role matrix test walks. Browser-safe. */
import type { Role } from "./schema";

export const permissions = {
  "leads.read": ["ADMIN", "ATTORNEY", "READ_ONLY"],
  "leads.update-status": ["ADMIN", "ATTORNEY"],
  "resumes.download": ["ADMIN", "ATTORNEY"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Whether people of this role may do this. */
export function can(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return allowed.includes(role);
}

/** The sentence for a control that this role may not use. */
export function explainDenial(permission: Permission): string {
  switch (permission) {
    case "leads.read":
      return "Your role cannot see leads. An admin can change that.";
    case "leads.update-status":
      return "Your role can read leads but not change them.";
    case "resumes.download":
      return "Your role cannot open resumes.";
  }
}
