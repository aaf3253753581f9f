import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { recordView } from "../audit/record-view";
import type { PersonContext } from "../context";
import { addNote } from "../notes/add-note";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { listLeadEvents } from "./list-lead-events";
import { historyPageSize } from "./schema";
import { submitLead } from "./submit-lead";

let domain: TestDomain;
let ana: PersonContext;
let leadId: string;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());
beforeEach(async () => {
  leadId = (await submitLead(domain.ctx, await submission())).receipt.id;
});

test("opening it again and again is one line per person and day of the reader's zone", async () => {
  const jonas = domain.asStaff(await domain.createUser("INTAKE"));
  for (const who of [ana, ana, jonas, ana]) {
    domain.passSeconds(60);
    await recordView(who, { leadId });
  }
  const lastToday = domain.ctx.now().toISOString();
  domain.passSeconds(24 * 60 * 60);
  await recordView(ana, { leadId });
  const views = (await listLeadEvents(ana, { leadId })).filter(({ type }) => type === "lead.viewed");
  expect(views.map(({ actor, times }) => [actor.type === "user" && actor.isYou, times])).toEqual([
    [true, undefined],
    [true, 3],
    [false, undefined],
  ]);
  expect(views[1]?.at).toBe(lastToday);
  // For a reader whose midnight fell between them they are of two days.
  const user = { ...jonas.actor.user, timeZone: "Pacific/Kiritimati" };
  const there = { ...jonas, actor: { ...jonas.actor, user } };
  domain.passSeconds(-24 * 60 * 60);
  const seenThere = (await listLeadEvents(there, { leadId })).filter(({ type }) => type === "lead.viewed");
  expect(seenThere).toHaveLength(3);
});

test("a long history comes in pages that neither repeat nor leave out a line, also where moments are equal", async () => {
  for (let index = 0; index < historyPageSize + 30; index += 1) {
    if (index % 7 === 0) domain.passSeconds(1);
    await addNote(ana, { leadId, noteId: uuidv7(), body: `Note ${index}` });
  }
  const first = await listLeadEvents(ana, { leadId });
  expect(first).toHaveLength(historyPageSize);
  const last = first.at(-1);
  const second = await listLeadEvents(ana, { leadId, cursor: last && { at: last.at, id: last.id } });
  const ids = [...first, ...second].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  // 130 notes, the arrival and two mails that wait.
  expect(ids).toHaveLength(historyPageSize + 33);
  const notes = await listLeadEvents(ana, { leadId, only: "notes" });
  expect(notes.every(({ note }) => note !== undefined)).toBe(true);
  expect(notes[0]?.note).toBe(`Note ${historyPageSize + 29}`);
});

test("nobody's history but this lead's", async () => {
  await addNote(ana, { leadId, noteId: uuidv7(), body: "Here" });
  const other = (await submitLead(domain.ctx, await submission())).receipt.id;
  expect(await listLeadEvents(ana, { leadId: other, only: "notes" })).toEqual([]);
  await expect(listLeadEvents(ana, { leadId: uuidv7() })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
