import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assignLead } from "@intake/core/assignment/assign-lead";
import { recordEvent } from "@intake/core/audit/record-event";
import { hashPassword } from "@intake/core/auth/passwords";
import type { Role, User } from "@intake/core/auth/schema";
import type { Context, StaffContext } from "@intake/core/context";
import { submitLead } from "@intake/core/leads/submit-lead";
import { updateLeadStatus } from "@intake/core/leads/update-lead-status";
import { readOfficeRules } from "@intake/core/office/read-office-rules";
import { examineResume } from "@intake/core/resumes/examine-resume";
import { uuidv7 } from "uuidv7";
import { openDemoResumes } from "./demo-resumes";
import { followUpAsThen } from "./follow-up-history";
import { settleMails } from "./old-mails";
import { createPeople, type DemoPerson } from "./people";
import { createPlan, type PlannedLead } from "./plan";
import { formerScanner, type SpecialResume, specialResumeAt } from "./special-resumes";
import { fillTheRest } from "./the-rest";

export interface DemoOfficeInput {
  /** The folder `tests/fixtures/resumes`. */
  templates: string;
  /** Everybody's password in the demo. */
  password: string;
  leads: number;
  days: number;
  onProgress?(done: number): void;
}

interface StaffMember {
  email: string;
  name: string;
  role: Role;
  hasLeft?: boolean;
}

/** One person of each role comes first. */
export const demoStaff: StaffMember[] = [
  { email: "ruth@calderrowe.example", name: "Ruth Okafor", role: "ADMIN" },
  { email: "jonas@calderrowe.example", name: "Jonas Meyer", role: "ATTORNEY" },
  { email: "sakura@calderrowe.example", name: "Sakura Kondō 近藤", role: "INTAKE" },
  { email: "ana@calderrowe.example", name: "Ana Sørensen", role: "READ_ONLY" },
  { email: "thomas@calderrowe.example", name: "Thomas Rowe", role: "ADMIN" },
  { email: "helene@calderrowe.example", name: "Hélène Bézier", role: "ATTORNEY" },
  { email: "mehmet@calderrowe.example", name: "Mehmet Yıldız", role: "ATTORNEY" },
  { email: "olena@calderrowe.example", name: "Олена Коваль", role: "INTAKE" },
  { email: "priya@calderrowe.example", name: "Priya Raman", role: "INTAKE" },
  { email: "walter@calderrowe.example", name: "Walter Calder", role: "ATTORNEY", hasLeft: true },
];

/** How many of the newest leads have mails that really leave, into the dev mailbox. */
const freshMails = 8;

const seededEvent = "demo.seeded";

/** Whether there is nothing to seed: the demo is complete, or somebody else is at home here. */
export async function isOccupied(ctx: Context): Promise<boolean> {
  const { prisma } = ctx.db;
  const seeded = await prisma.auditEvent.findFirst({ where: { type: seededEvent }, select: { id: true } });
  if (seeded) return true;
  const emails = demoStaff.map(({ email }) => email);
  const other = await prisma.user.findFirst({ where: { email: { notIn: emails } }, select: { id: true } });
  return other !== null;
}

/**
 * Fills an empty database with a believable office, through the product's own verbs and a moved clock. Nothing old is mailed. After an
 * interruption it goes on where it was.
 */
export async function seedOffice(ctx: Context, input: DemoOfficeInput): Promise<void> {
  const now = ctx.now();
  const staff = await createStaff(ctx, input);
  const nextPerson = createPeople(4711);
  // Now and then somebody writes a second time.
  const earlier: DemoPerson[] = [];
  const spoolDirectory = await mkdtemp(join(tmpdir(), "intake-demo-"));
  const resumes = await openDemoResumes({ templates: input.templates, spoolDirectory });
  const { hours } = await readOfficeRules(ctx);
  const plan = createPlan({ now, leads: input.leads, days: input.days, seed: 4711, hours });
  try {
    for (const [index, planned] of plan.entries()) {
      const isFresh = index >= plan.length - freshMails;
      const special = specialResumeAt(plan.length - 1 - index);
      const writer = index % 23 === 22 ? (earlier.at(-9) ?? nextPerson()) : nextPerson();
      earlier.push(writer);
      const person = { ...writer, ...special?.person };
      const { firstName, lastName, email, timeZone } = person;
      const resume = await resumes.spoolFor(person, { index, special });
      const at: Context = {
        ...asProspect(ctx, planned.receivedAt),
        queue: isFresh ? ctx.queue : withoutMails(ctx),
      };
      const { receipt, isReplay } = await submitLead(at, {
        fields: { firstName, lastName, email },
        resume,
        idempotencyKey: `demo-${index}`,
        source: index % 9 === 8 ? "API" : "FORM",
        timeZone,
      });
      if (!isReplay) {
        if (isMadeInfected(special)) await lockOnce(ctx, receipt.id);
        await lookAfter(ctx, receipt.id, { index, planned, staff });
        if (!isFresh) await settleMails(ctx, receipt.id, { index, planned });
      }
      input.onProgress?.(index + 1);
    }
    await followUpAsThen(ctx);
    await fillTheRest(ctx, { staff, days: input.days });
    await recordEvent(ctx, { type: seededEvent, data: { leads: input.leads } });
  } finally {
    await rm(spoolDirectory, { recursive: true, force: true });
  }
}

function asProspect(ctx: Context, moment: Date): Context {
  return { ...ctx, actor: { type: "prospect" }, requestId: null, source: null, now: () => moment };
}

/** What is old was mailed long ago; only its file waits to be examined. */
function withoutMails({ queue }: Context): Context["queue"] {
  const nothing = { text: "SELECT 1", values: [] };
  return {
    ...queue,
    jobInsert: async (name, jobs) => (name === "resume.scan" ? queue.jobInsert(name, jobs) : nothing),
  };
}

function isMadeInfected(special: SpecialResume | null): boolean {
  return typeof special?.file === "object" && special.file.madeToBe === "infected";
}

async function lockOnce(ctx: Context, leadId: string): Promise<void> {
  const { id } = await ctx.db.prisma.resume.findFirstOrThrow({ where: { leadId }, select: { id: true } });
  const system: Context = { ...ctx, actor: { type: "system", job: "resume.scan" }, scanner: formerScanner };
  await examineResume(system, { resumeId: id });
}

async function createStaff(ctx: Context, input: DemoOfficeInput): Promise<User[]> {
  const passwordHash = await hashPassword(input.password);
  const createdAt = new Date(ctx.now().getTime() - (input.days + 30) * 24 * 60 * 60 * 1000);
  const staff: User[] = [];
  for (const [index, { hasLeft = false, ...person }] of demoStaff.entries()) {
    const lastSignedInAt = new Date(ctx.now().getTime() - (1 + index * 7) * 60 * 60 * 1000);
    const disabledAt = hasLeft ? new Date(createdAt.getTime() + 40 * 24 * 60 * 60 * 1000) : null;
    staff.push(
      await ctx.db.prisma.user.upsert({
        where: { email: person.email },
        update: {},
        create: {
          ...person,
          id: uuidv7(),
          passwordHash,
          createdAt,
          disabledAt,
          lastSignedInAt: disabledAt ?? lastSignedInAt,
          lookedAt: disabledAt ?? lastSignedInAt,
          timeZone: ctx.settings.officeTimeZone,
          wantsLeadMail: person.role !== "READ_ONLY",
        },
        select: { id: true, email: true, name: true, role: true, timeZone: true },
      }),
    );
  }
  return staff;
}

/** Somebody takes most of them, and does or did reach out. */
async function lookAfter(
  ctx: Context,
  leadId: string,
  { index, planned, staff }: { index: number; planned: PlannedLead; staff: User[] },
): Promise<void> {
  const { outreach, receivedAt } = planned;
  const attorneys = [1, 5, 6, 1];
  const takers = !outreach || outreach.byAttorney ? attorneys : [2, 7, 0];
  const user = staff[takers[index % takers.length] ?? 1];
  if (!user || (!outreach && index % 2 === 0)) return;
  const as = (moment: Date): StaffContext => ({
    ...ctx,
    actor: { type: "user", user: { ...user, seesResumes: true }, sessionId: user.id },
    ...{ requestId: null, source: null, now: () => moment },
  });
  await assignLead(as(new Date((receivedAt.getTime() + (outreach?.at ?? ctx.now()).getTime()) / 2)), {
    leadId,
    assigneeId: user.id,
  });
  if (!outreach) return;
  const { at, channel, note } = outreach;
  await updateLeadStatus(as(at), { leadId, status: "REACHED_OUT", channel, ...(note ? { note } : {}) });
}
