import type { PasswordRules } from "@intake/core/passwords/schema";
import type { Invitation, InvitationState, People, Person, Profile } from "@intake/core/people/schema";
import { sampleId } from "./sample-data";

export const sampleRules: PasswordRules = { about: ["Calder & Rowe"], requiresCharacterClasses: false };

/** Ana Ruiz, as `sampleTokens` signs her in. */
export function sampleProfile(changes: Partial<Profile> = {}): Profile {
  return {
    ...{ id: sampleId(100), email: "ana@example.com", name: "Ana Ruiz", role: "ATTORNEY" },
    ...{ timeZone: "Europe/London", appearance: "SYSTEM", wantsLeadMail: true, hasPassword: true },
    ...{ wantsOwnMail: true, wantsDailyDigest: false, takesLeads: true, away: { from: null, until: null } },
    ...changes,
  };
}

export function samplePerson(number: number, changes: Partial<Person> = {}): Person {
  return {
    ...{ id: sampleId(100 + number), name: `Jonas Meyer ${number}`, email: `jonas${number}@example.com` },
    ...{ role: "ATTORNEY", hasAuthenticator: true, hasPasskey: false, isActive: true, isLastAdmin: false },
    ...{ lastActiveAt: "2026-11-20T09:14:00.000Z", awayUntil: null },
    ...changes,
  };
}

export function sampleInvitation(changes: Partial<Invitation> = {}): Invitation {
  return {
    ...{ id: sampleId(300), email: "zoltan@example.com", role: "INTAKE", invitedBy: "Thomas Rowe" },
    ...{ expiresAt: "2026-11-26T11:15:00.000Z", isExpired: false },
    ...changes,
  };
}

export function samplePeople(changes: Partial<People> = {}): People {
  return {
    people: [
      samplePerson(0, { name: "Ana Ruiz", role: "ADMIN", isLastAdmin: true }),
      samplePerson(1, { hasAuthenticator: false }),
    ],
    invitations: [sampleInvitation()],
    notifyAddresses: [],
    leadMailIsFixed: false,
    ...changes,
  };
}

export function sampleInvitationState(): NonNullable<InvitationState> {
  return {
    ...{ officeName: "Calder & Rowe", email: "zoltan@example.com", role: "INTAKE" },
    ...{ invitedBy: "Thomas Rowe", rules: sampleRules },
  };
}
