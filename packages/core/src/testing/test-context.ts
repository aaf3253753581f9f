import { noReplicas } from "@intake/db/replicas";
import { createAppTestDatabase } from "@intake/db/testing";
import { uuidv7 } from "uuidv7";
import { createActivityLog } from "../auth/activity-log";
import { seesResumes } from "../auth/policy";
import type { Role, User } from "../auth/schema";
import { createThrottles } from "../auth/throttles";
import type { PersonContext } from "../context";
import { createKeyring } from "../keyring";
import type { MailContext } from "../mail/deliver-mail";
import type { JobName } from "../ports/queue";
import { defaultResumeLimits } from "../resumes/schema";
import { createStorageQuota } from "../resumes/storage-quota";
import { checkEvents } from "./check-events";
import { createUser } from "./create-user";
import { createFakeLive } from "./fake-live";
import { createFakeMailer, createFakeRenderer } from "./fake-mail";
import { createFakeReader } from "./fake-reader";
import { createFakeScanner } from "./fake-scanner";
import { createFakeSecretBox } from "./fake-secret-box";
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

/**
 * A domain on a real database of its own, used with the product's own grants, with a clock that stands until it is moved and fakes for
 * everything outside.
 */
export async function createTestDomain() {
  const { owner, ...db } = await createAppTestDatabase();
  const storage = createFakeStorage();
  const mailer = createFakeMailer();
  const live = createFakeLive();
  const jobs: QueuedJob[] = [];
  const clock = { now: new Date("2026-03-02T09:30:00.000Z") };
  const ctx: MailContext = {
    db,
    replicas: noReplicas,
    storage,
    secrets: createFakeSecretBox(),
    quota: createStorageQuota({ db, log: silentLog, now: () => clock.now, maxBytes: null }),
    scanner: createFakeScanner("none"),
    reader: createFakeReader(),
    queue: {
      jobInsert: async (name, added) => {
        jobs.push(...added.map((job) => ({ name, ...job })));
        return { text: "SELECT 1", values: [] };
      },
      check: async () => undefined,
      states: async () => [],
      deadJobs: async () => [],
      deadJobChange: () => ({ text: "SELECT NULL AS id, NULL AS name WHERE false", values: [] }),
    },
    throttles: createThrottles({ db, isOn: true }),
    activity: createActivityLog({ db }),
    live,
    keyring: createKeyring(new Uint8Array(32).fill(7)),
    settings: {
      officeName: "Calder & Rowe",
      officePhone: null,
      officeTimeZone: "Europe/London",
      publicUrl: "http://localhost:3000",
      leadNotify: ["team@calderrowe.example"],
      resumeLimits: defaultResumeLimits,
      version: "0.0.0-test",
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
    /** The owner's connection, for what no grant of the product allows. */
    owner,
    connectionString: db.connectionString,
    storage,
    mailer,
    /** What was told to open screens. */
    told: live.told,
    jobs,
    /** Moves the clock forward. */
    passSeconds(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    },
    /** As this person, in an office that does not show resumes to READ_ONLY. */
    asStaff: (user: User, sessionId: string = uuidv7()): PersonContext => {
      const signedIn = { ...user, seesResumes: seesResumes(user.role, { readOnlySeesResumes: false }) };
      return { ...ctx, actor: { type: "user", user: signedIn, sessionId } };
    },
    createUser: (role: Role, input: { email?: string; passwordHash?: string } = {}) =>
      createUser(ctx, role, input),
    /** Looks at what the test wrote into the audit, then removes the database. */
    close: () => checkEvents(owner).finally(() => db.drop()),
  };
}

export type TestDomain = Awaited<ReturnType<typeof createTestDomain>>;
