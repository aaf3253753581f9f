import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { listLeadEvents } from "../leads/list-lead-events";
import { submitLead } from "../leads/submit-lead";
import { updateLeadStatus } from "../leads/update-lead-status";
import { deliverMail } from "../mail/deliver-mail";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { addNote } from "./add-note";
import { editNote } from "./edit-note";
import { listMyMentions } from "./list-my-mentions";
import { addNoteSchema, maxNoteCharacters } from "./schema";
import { seeMentions } from "./see-mentions";

let domain: TestDomain;
let ana: PersonContext;
let jonas: PersonContext;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("ATTORNEY"));
  const other = await domain.createUser("INTAKE");
  await domain.ctx.db.prisma.user.update({ where: { id: other.id }, data: { name: "Jonas Meyer" } });
  jonas = domain.asStaff({ ...other, name: "Jonas Meyer" });
});
afterAll(() => domain.close());
beforeEach(async () => {
  await domain.ctx.db.prisma.noteMention.deleteMany({});
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});

const write = (ctx: PersonContext, body: string, noteId = uuidv7()) => addNote(ctx, { leadId, noteId, body });
const notesOf = (ctx: PersonContext) => listLeadEvents(ctx, { leadId, only: "notes" });
const mailsToJonas = () =>
  domain.ctx.db.prisma.outboxMail.findMany({ where: { leadId, kind: "NOTE_MENTION" } });

describe("writing", () => {
  test("markup, SQL and every script stay text, and the audit holds none of it", async () => {
    const body = `<img src=x onerror=alert(1)> '; DROP TABLE leads; --\n\tمرحبا 你好 💬 {{7*7}}`;
    const note = await write(ana, body);
    expect(note).toMatchObject({ leadId, body, editedAt: null });
    expect(await notesOf(jonas)).toMatchObject([
      {
        type: "lead.noted",
        actor: { name: "Ana Sørensen", isYou: false },
        note: body,
        noteFacts: { id: note.id, isYours: false, mentionsYou: false },
      },
    ]);
    const events = await domain.ctx.db.prisma.auditEvent.findMany({
      omit: { insertedIn: true },
      where: { leadId },
    });
    expect(JSON.stringify(events)).not.toMatch(/onerror|DROP|你好/);
    expect(domain.told).toContainEqual({ leadId, kind: "notes" });
  });

  test("5,000 characters are taken, one more is refused with a sentence", () => {
    const parse = (body: string) => addNoteSchema.safeParse({ leadId, noteId: uuidv7(), body });
    expect(parse("💬".repeat(maxNoteCharacters)).success).toBe(true);
    expect(parse("x".repeat(maxNoteCharacters + 1)).error?.issues[0]?.message).toBe(
      "Shorten the note to at most 5,000 characters.",
    );
    expect(parse(" \n ").error?.issues[0]?.message).toBe("Write something first.");
    expect(parse("turned \u202e round").success).toBe(false);
  });

  test("the same note sent six times at once is written once, and nobody else can take its id", async () => {
    const noteId = uuidv7();
    const sent = await Promise.all(Array.from({ length: 6 }, () => write(ana, "Once. @Jonas Meyer", noteId)));
    expect(new Set(sent.map(({ createdAt }) => createdAt)).size).toBe(1);
    expect(await notesOf(ana)).toHaveLength(1);
    expect(await mailsToJonas()).toHaveLength(1);
    await expect(write(jonas, "Mine", noteId)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await notesOf(ana)).toMatchObject([{ note: "Once. @Jonas Meyer" }]);
  });

  test("a lead that is not there takes none", async () => {
    const gone = addNote(ana, { leadId: uuidv7(), noteId: uuidv7(), body: "Hello" });
    await expect(gone).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("naming a colleague", () => {
  test("tells them by a mail without the note's words, once, and marks the lead until they open it", async () => {
    await write(ana, "@Jonas Meyer her passport is with us, @Ana Sørensen knows");
    expect(await listMyMentions(jonas)).toMatchObject([{ leadId, firstName: "Minh Khai" }]);
    const [mail, ...more] = await mailsToJonas();
    expect(more).toEqual([]);
    await deliverMail(domain.ctx, { mailId: mail?.id ?? "" });
    const sent = domain.mailer.accepted.find(({ id }) => id === mail?.id);
    expect(sent).toMatchObject({ to: jonas.actor.user.email, tag: "note-mention" });
    expect(sent?.text).toContain(`Ana Sørensen http://localhost:3000/app/leads/${leadId}`);
    expect(JSON.stringify(sent)).not.toContain("passport");
    expect(await notesOf(jonas)).toMatchObject([
      { noteFacts: { mentionsYou: true, mentions: expect.arrayContaining(["Jonas Meyer"]) } },
    ]);
    await seeMentions(jonas, { leadId });
    expect(await listMyMentions(jonas)).toEqual([]);
  });

  test("a mail that waited until the note was seen is not sent", async () => {
    await write(ana, "@Jonas Meyer look");
    await seeMentions(jonas, { leadId });
    const [mail] = await mailsToJonas();
    await deliverMail(domain.ctx, { mailId: mail?.id ?? "" });
    expect(domain.mailer.accepted.some(({ id }) => id === mail?.id)).toBe(false);
  });

  test("in the note of a status change counts as well; who wants no mail or has left gets none", async () => {
    const { prisma } = domain.ctx.db;
    const id = jonas.actor.user.id;
    await prisma.user.update({ where: { id }, data: { wantsOwnMail: false } });
    await updateLeadStatus(ana, { leadId, status: "REACHED_OUT", note: "@Jonas Meyer takes over" });
    expect(await listMyMentions(jonas)).toMatchObject([{ leadId }]);
    await prisma.user.update({ where: { id }, data: { disabledAt: domain.ctx.now() } });
    await write(ana, "@Jonas Meyer again");
    expect(await listMyMentions(jonas)).toHaveLength(1);
    expect(await mailsToJonas()).toEqual([]);
    await prisma.user.update({ where: { id }, data: { disabledAt: null, wantsOwnMail: true } });
  });
});

describe("changing", () => {
  test("one's own within a day, marked, and only who is named anew hears of it", async () => {
    const note = await write(ana, "Call @Jonas Meyer");
    domain.passSeconds(60);
    const edited = await editNote(ana, {
      noteId: note.id,
      body: "Call @Jonas Meyer, @Ana Sørensen",
      editedAt: null,
    });
    expect(edited.editedAt).toBe(domain.ctx.now().toISOString());
    expect(await mailsToJonas()).toHaveLength(1);
    expect(await notesOf(ana)).toMatchObject([
      {
        note: edited.body,
        noteFacts: { editedAt: edited.editedAt, mentions: expect.arrayContaining(["Jonas Meyer"]) },
      },
    ]);
    await editNote(ana, { noteId: note.id, body: "Call nobody", editedAt: edited.editedAt });
    expect(
      await listMyMentions(jonas).then((all) => all.filter((mention) => mention.leadId === leadId)),
    ).toEqual([]);
    expect((await listLeadEvents(ana, { leadId })).map(({ type }) => type)).not.toContain("lead.note_edited");
  });

  test("not a colleague's, not after a day, not over another window", async () => {
    const note = await write(ana, "First");
    const change = (ctx: PersonContext, editedAt: string | null = null) =>
      editNote(ctx, { noteId: note.id, body: "Second", editedAt });
    await expect(change(jonas)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(change(ana, "2026-03-02T09:00:00.000Z")).rejects.toMatchObject({ code: "CONFLICT" });
    domain.passSeconds(24 * 60 * 60);
    await expect(change(ana)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await notesOf(ana)).toMatchObject([{ note: "First" }]);
  });
});
