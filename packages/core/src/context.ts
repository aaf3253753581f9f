import type { Database } from "@intake/db/database";
import type { Replicas } from "@intake/db/replicas";
import type { ActivityLog } from "./auth/activity-log";
import type { SignedInUser, User } from "./auth/schema";
import type { Throttles } from "./auth/throttles";
import type { Keyring } from "./keyring";
import type { Clock } from "./ports/clock";
import type { DocumentReader } from "./ports/document-reader";
import type { IdentityProvider } from "./ports/identity-provider";
import type { Live } from "./ports/live";
import type { Log } from "./ports/log";
import type { Queue } from "./ports/queue";
import type { Scanner } from "./ports/scanner";
import type { SecretBox } from "./ports/secret-box";
import type { Storage } from "./ports/storage";
import type { ResumeLimits } from "./resumes/schema";
import type { StorageQuota } from "./resumes/storage-quota";

/** Choices of the installation, already validated. */
export interface Settings {
  officeName: string;
  /** Shown on the public pages when set. */
  officePhone: string | null;
  /** Zone of the office, IANA name: mails to prospects use it. */
  officeTimeZone: string;
  /** Base of every link, without a trailing slash; never taken from a request (security rule 21). */
  publicUrl: string;
  /** Team addresses for new-lead mails; null means every active user who wants them. */
  leadNotify: string[] | null;
  resumeLimits: ResumeLimits;
  /** Of this release. */
  version: string;
}

/** Everything the domain needs from outside, joined once by the host. */
export interface Effects {
  db: Database;
  /** For lists and reports (`read-replica.ts`). */
  replicas: Replicas;
  storage: Storage;
  secrets: SecretBox;
  quota: StorageQuota;
  queue: Queue;
  scanner: Scanner;
  reader: DocumentReader;
  throttles: Throttles;
  activity: ActivityLog;
  live: Live;
  keyring: Keyring;
  /** The office's single sign-on, where it has one. */
  identityProvider?: IdentityProvider | undefined;
  settings: Settings;
  log: Log;
  now: Clock;
}

/** Who does it, as the audit event names them. */
export type Actor =
  | { type: "user"; user: User; sessionId: string }
  /** A key acts for its owner; `user.role` is what the key may do, never more than its owner. */
  | { type: "api_key"; user: User; keyId: string }
  | { type: "prospect" }
  | { type: "system"; job: string };

/** What a verb gets: the effects, who asks, and the request it belongs to. */
export interface Context extends Effects {
  actor: Actor;
  requestId: string | null;
  /** Where the request comes from, coarse (`core/auth/coarse-source.ts`): what events and sessions may keep. Null for jobs. */
  source: string | null;
  /** Header of the request, to name the device of a new session by; never stored as it is. */
  userAgent?: string | null;
  /** Byte of the database's log up to which the caller knows of changes, their own and what they were told of. */
  mustSee?: number;
}

/** A context whose caller is one of the staff, in person or by an API key; only the permission check makes one. */
export interface StaffContext extends Context {
  actor: Extract<Actor, { user: User }> & { user: SignedInUser };
}

/** A context whose caller is a person at a screen: for what a key may never do. */
export interface PersonContext extends Context {
  actor: Extract<Actor, { type: "user" }> & { user: SignedInUser };
}
