import { base, en, Faker } from "@faker-js/faker";
import type { Role, User } from "@intake/core/auth/schema";
import type { Context, PersonContext } from "@intake/core/context";
import { addNote } from "@intake/core/notes/add-note";
import type { UploadFailureReason } from "@intake/core/upload-failures/schema";
import { saveView } from "@intake/core/views/save-view";
import { uuidv7 } from "uuidv7";

const day = 24 * 60 * 60 * 1000;

interface OfficeInput {
  staff: User[];
  days: number;
}

/** What an office has beside its leads: notes, views somebody keeps, who has read what, uploads that failed. */
export async function fillTheRest(ctx: Context, { staff, days }: OfficeInput): Promise<void> {
  await keepViews(ctx, staff);
  await writeNotes(ctx, staff);
  await markRead(ctx);
  await failUploads(ctx, days);
}

function as(ctx: Context, user: User, moment = ctx.now()): PersonContext {
  return {
    ...ctx,
    actor: { type: "user", user: { ...user, seesResumes: true }, sessionId: user.id },
    ...{ requestId: null, source: null, now: () => moment },
  };
}

function first(staff: User[], role: Role): User {
  const person = staff.find((user) => user.role === role);
  if (!person) throw new Error(`The demo has nobody who is ${role}`);
  return person;
}

async function keepViews(ctx: Context, staff: User[]): Promise<void> {
  if ((await ctx.db.prisma.savedView.count()) > 0) return;
  const views: { owner: Role; name: string; address: string; isShared: boolean }[] = [
    { owner: "ADMIN", name: "Nobody has it yet", address: "status=PENDING&assignee=nobody", isShared: true },
    { owner: "ATTORNEY", name: "Speaks of visas", address: "q=visa&in=resume", isShared: true },
    { owner: "ATTORNEY", name: "Sent by a program", address: "source=API", isShared: false },
  ];
  for (const { owner, ...view } of views) await saveView(as(ctx, first(staff, owner)), view);
}

const notes = [
  "Called twice, no answer. Will try in the evening, their time.",
  "@NAME, could you take this one? Employment, and the notice period ends soon.",
  "Sent the list of papers we need.\nPassport, contract, last three pay slips.",
  "Conflict check is clear.",
  "Prefers to write in Spanish.",
];

/** Notes on some of the newest leads, one of them naming a colleague. They were told of it long ago. */
async function writeNotes(ctx: Context, staff: User[]): Promise<void> {
  const written = await ctx.db.prisma.auditEvent.findFirst({
    where: { type: "lead.noted" },
    select: { id: true },
  });
  if (written) return;
  const [author, named] = [first(staff, "INTAKE"), first(staff, "ATTORNEY")];
  const leads = await ctx.db.prisma.lead.findMany({
    where: { createdAt: { lt: new Date(ctx.now().getTime() - day / 4) } },
    orderBy: { createdAt: "desc" },
    take: 60,
    select: { id: true, createdAt: true },
  });
  const quiet: Context = {
    ...ctx,
    queue: { ...ctx.queue, jobInsert: async () => ({ text: "SELECT 1", values: [] }) },
  };
  for (const [index, { id, createdAt }] of leads.entries()) {
    const body = index % 3 === 1 ? notes[Math.floor(index / 3) % notes.length] : undefined;
    if (!body) continue;
    const writer = as(quiet, author, new Date(createdAt.getTime() + day / 8));
    await addNote(writer, { leadId: id, noteId: uuidv7(), body: body.replace("NAME", named.name) });
  }
  const sentAt = ctx.now();
  await ctx.db.prisma.outboxMail.updateMany({
    where: { kind: "NOTE_MENTION", state: "QUEUED" },
    data: { state: "SENT", attempts: 1, sentAt, providerMessageId: "demo" },
  });
}

/** Everybody has read what is older than a day and a half. */
async function markRead(ctx: Context): Promise<void> {
  const since = new Date(ctx.now().getTime() - 1.5 * day);
  await ctx.db.prisma.$executeRaw`INSERT INTO lead_reads (user_id, lead_id, is_read, at)
    SELECT u.id, l.id, true, l.created_at + interval '2 hours' FROM users u CROSS JOIN leads l
    WHERE l.created_at < ${since} AND l.created_at >= u.created_at ON CONFLICT DO NOTHING`;
}

/** How often, of a hundred failures, it is this. */
const failures: {
  value: { reason: UploadFailureReason; browser: string; sizeBand: number };
  weight: number;
}[] = [
  { value: { reason: "too-large", browser: "Chrome on Android", sizeBand: 10_485_760 }, weight: 28 },
  { value: { reason: "too-large", browser: "Safari on iOS", sizeBand: 26_214_400 }, weight: 12 },
  { value: { reason: "wrong-extension", browser: "Safari on iOS", sizeBand: 5_242_880 }, weight: 18 },
  { value: { reason: "wrong-extension", browser: "Chrome on Android", sizeBand: 2_097_152 }, weight: 8 },
  { value: { reason: "broken-off", browser: "Chrome on Android", sizeBand: 5_242_880 }, weight: 14 },
  {
    value: { reason: "no-connection", browser: "Samsung Internet on Android", sizeBand: 1_048_576 },
    weight: 6,
  },
  { value: { reason: "password-protected", browser: "Edge on Windows", sizeBand: 1_048_576 }, weight: 7 },
  { value: { reason: "unreadable", browser: "Chrome on Android", sizeBand: 0 }, weight: 5 },
  { value: { reason: "empty", browser: "Chrome on Android", sizeBand: 0 }, weight: 2 },
];

/** One in three days somebody could not send a file. */
async function failUploads(ctx: Context, days: number): Promise<void> {
  const faker = new Faker({ locale: [en, base] });
  faker.seed(4712);
  const rows = Array.from({ length: days }, (_, age) => ({
    day: new Date(ctx.now().getTime() - age * day),
    happens: faker.datatype.boolean(0.35),
    ...faker.helpers.weightedArrayElement(failures),
    total: faker.helpers.weightedArrayElement([
      { value: 1, weight: 6 },
      { value: 2, weight: 2 },
      { value: 3, weight: 1 },
    ]),
  }));
  await ctx.db.prisma.uploadFailure.createMany({
    data: rows.filter(({ happens }) => happens).map(({ happens: _, ...row }) => row),
    skipDuplicates: true,
  });
}
