import { createTestDatabase } from "@intake/db/testing";
import { uuidv7 } from "uuidv7";
import { createActivityLog } from "../auth/activity-log";
import type { Role, User } from "../auth/schema";
import { createThrottles } from "../auth/throttles";
import type { PersonContext } from "../context";
import { createKeyring } from "../keyring";
import type { MailContext } from "../mail/deliver-mail";
import type { JobName } from "../ports/queue";
import { defaultResumeLimits } from "../resumes/schema";
import { createStorageQuota } from "../resumes/storage-quota";
import { createUser } from "./create-user";
import { createFakeMailer, createFakeRenderer } from "./fake-mail";
import { createFakeScanner } from "./fake-scanner";
import { createFakeStorage } from "./fake-storage";

const silentLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export interface QueuedJob {
  name: JobName;
  data: Record<string, unknown>;
  startAfter?: Date | undefined;
}

/** A domain on a real database of its own, with a clock that stands until it is moved and fakes for everything outside. */
export async function createTestDomain() {
  const db = await createTestDatabase();
  const storage = createFakeStorage();
  const mailer = createFakeMailer();
  const jobs: QueuedJob[] = [];
  const clock = { now: new Date("2026-03-02T09:30:00.000Z") };
  const ctx: MailContext = {
    db,
    storage,
    quota: createStorageQuota({ db, log: silentLog, now: () => clock.now, maxBytes: null }),
    scanner: createFakeScanner("none"),
    queue: {
      jobInsert: async (name, added) => {
        jobs.push(...added.map((job) => ({ name, ...job })));
        return { text: "SELECT 1", values: [] };
      },
      check: async () => undefined,
    },
    throttles: createThrottles({ db, isOn: true }),
    activity: createActivityLog({ db }),
    keyring: createKeyring(new Uint8Array(32).fill(7)),
    settings: {
      officeName: "Calder & Rowe",
      officePhone: null,
      officeTimeZone: "Europe/London",
      publicUrl: "http://localhost:3000",
      leadNotify: ["team@calderrowe.example"],
      resumeLimits: defaultResumeLimits,
    },
    log: silentLog,
    now: () => clock.now,
    actor: { type: "prospect" },
    requestId: "test-request",
    source: "203.0.113.0/24",
    mailer,
    mailRenderer: createFakeRenderer(),
    mailFrom: "Calder & Rowe <intake@calderrowe.example>",
  };
  return {
    ctx,
    connectionString: db.connectionString,
    storage,
    mailer,
    jobs,
    /** Moves the clock forward. */
    passSeconds(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    },
    asStaff: (user: User): PersonContext => ({ ...ctx, actor: { type: "user", user, sessionId: uuidv7() } }),
    createUser: (role: Role, input: { email?: string; passwordHash?: string } = {}) =>
      createUser(ctx, role, input),
    close: () => db.drop(),
  };
}

export type TestDomain = Awaited<ReturnType<typeof createTestDomain>>;
