import type { ApiKey } from "@intake/core/api-keys/schema";
import type { SignedInUser, TokenAnswer } from "@intake/core/auth/schema";
import type { Lead, LeadEvent, LeadItem, LeadPage } from "@intake/core/leads/schema";
import type { SecondFactorState } from "@intake/core/second-factor/schema";
import type { MySession } from "@intake/core/sessions/schema";

/** A version 7 id ending in this number. */
export function sampleId(number: number): string {
  return `0199b3c0-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

const arrival = "2026-11-20T09:14:00.000Z";

/** A lead as the server sends it. */
export function sampleLead(number: number, changes: Partial<Lead> = {}): Lead {
  return {
    id: sampleId(number),
    reference: `INT-7K4Q-000${number}`,
    firstName: "Zoë",
    lastName: `Lindqvist ${number}`,
    email: `zoe${number}@example.com`,
    status: "PENDING",
    createdAt: arrival,
    updatedAt: arrival,
    version: 1,
    source: "FORM",
    timeZone: null,
    assignee: null,
    respondBy: null,
    reachedOutAt: null,
    responseMinutes: null,
    resume: {
      id: sampleId(900 + number),
      fileName: `cv-${number}.pdf`,
      format: "PDF",
      sizeBytes: 48 * 1024,
      sha256: "9f3a21c7aa",
      scanState: "CLEAN",
      scanReason: null,
    },
    ...changes,
  };
}

/** One page of a list with nothing before or after it. */
export function samplePage(items: (Lead & Partial<LeadItem>)[], changes: Partial<LeadPage> = {}): LeadPage {
  return {
    items: items.map((item) => ({ isUnread: false, receiptState: "SENT", ...item })),
    nextCursor: null,
    prevCursor: null,
    total: items.length,
    totalIsExact: true,
    page: 1,
    lastPage: 1,
    ...changes,
  };
}

/** A line of a lead's history. */
export function sampleEvent(number: number, changes: Partial<LeadEvent> = {}): LeadEvent {
  return {
    id: sampleId(500 + number),
    type: "lead.submitted",
    at: arrival,
    actor: { type: "prospect" },
    ...changes,
  };
}

/** Tokens good for a quarter of an hour. */
export function sampleTokens(changes: Partial<SignedInUser> = {}): TokenAnswer {
  return {
    accessToken: "access-1",
    tokenType: "Bearer",
    expiresIn: 900,
    user: {
      id: sampleId(100),
      email: "ana@example.com",
      name: "Ana Ruiz",
      role: "ATTORNEY",
      timeZone: "Europe/London",
      seesResumes: true,
      ...changes,
    },
  };
}

/** The factors of somebody who has none yet. */
export function sampleFactors(changes: Partial<SecondFactorState> = {}): SecondFactorState {
  return {
    authenticatorSince: null,
    passkeys: [],
    recoveryCodesLeft: 0,
    isRequired: false,
    hasPassword: true,
    ...changes,
  };
}

/** A place where somebody is signed in. */
export function sampleSession(number: number, changes: Partial<MySession> = {}): MySession {
  return {
    id: sampleId(700 + number),
    device: "Firefox on Windows",
    network: "81.2.69.0/24",
    method: "PASSWORD",
    signedInAt: arrival,
    lastActiveAt: arrival,
    isThisOne: false,
    ...changes,
  };
}

/** A key that has never been used. */
export function sampleApiKey(number: number, changes: Partial<ApiKey> = {}): ApiKey {
  return {
    id: sampleId(800 + number),
    name: "Reporting",
    role: "READ_ONLY",
    owner: { id: sampleId(100), name: "Ana Ruiz" },
    createdAt: arrival,
    lastUsedAt: null,
    ...changes,
  };
}
