// @vitest-environment happy-dom
import type { LeadEvent } from "@intake/core/leads/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleEvent, sampleId, sampleLead, sampleTokens } from "../testing/sample-data";

const address = `/app/leads/${sampleId(1)}`;
const you = { type: "user", name: "Ana Ruiz", isYou: true } as const;
const jonas = { type: "user", name: "Jonas Meyer", isYou: false } as const;
const field = () => screen.findByRole("textbox", { name: "New note" });
const keptDrafts = () => Object.keys(localStorage).filter((key) => key.startsWith("intake-draft"));
const history = () => screen.getByRole("region", { name: "History" });

function noteEvent(number: number, note: string, facts: Partial<NonNullable<LeadEvent["noteFacts"]>> = {}) {
  const writtenAt = new Date().toISOString();
  return sampleEvent(number, {
    type: "lead.noted",
    actor: facts.isYours ? you : jonas,
    note,
    noteFacts: {
      ...{ id: sampleId(600 + number), writtenAt, editedAt: null },
      ...{ isYours: false, mentionsYou: false, mentions: [], ...facts },
    },
  });
}

test("M goes to the note, Ctrl-Enter saves it, the field is empty again and the history has it", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  const area = await field();
  await user.keyboard("m");
  expect(document.activeElement).toBe(area);
  await user.keyboard("Line one{Enter}<b>two</b>");
  server.answers["leads.events"] = () => [
    noteEvent(1, "Line one\n<b>two</b>", { isYours: true }),
    sampleEvent(2),
  ];
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await within(history()).findByText(/<b>two<\/b>/)).toBeTruthy();
  expect(server.asked("notes.add")).toMatchObject([{ leadId: sampleId(1), body: "Line one\n<b>two</b>" }]);
  expect(await field()).toHaveProperty("value", "");
  expect(keptDrafts()).toEqual([]);
});

test("a refused note stays, with the reason, and goes out under the same id", async () => {
  const server = startFakeServer({
    "notes.add": () =>
      Promise.reject(new Refusal("SERVICE_UNAVAILABLE", "The database is away for a moment.")),
  });
  const { user } = openApp(address);
  await user.type(await field(), "Keep me");
  await user.click(screen.getByRole("button", { name: "Save note" }));
  expect(await screen.findByText(/Not saved\. The database is away.*Your text is kept here\./)).toBeTruthy();
  expect(await field()).toHaveProperty("value", "Keep me");
  server.answers["notes.add"] = ({ leadId, noteId, body }) => ({
    ...{ id: noteId, leadId, body },
    ...{ createdAt: "2026-11-20T09:14:00.000Z", editedAt: null },
  });
  await user.click(screen.getByRole("button", { name: "Save note" }));
  await waitFor(async () => expect(await field()).toHaveProperty("value", ""));
  const [first, second] = server.asked("notes.add");
  expect(second).toEqual(first);
});

test("a draft survives closing the page, for its person and lead only", async () => {
  const byId = ({ leadId }: { leadId: string }) => sampleLead(Number(leadId.slice(-2)));
  startFakeServer({ "leads.byId": byId });
  const first = openApp(address);
  await first.user.type(await field(), "Half a thought");
  expect(keptDrafts()).toEqual([`intake-draft:${sampleId(100)}:${sampleId(1)}`]);
  document.body.replaceChildren();
  openApp(address);
  await waitFor(async () => expect(await field()).toHaveProperty("value", "Half a thought"));
  document.body.replaceChildren();
  openApp(`/app/leads/${sampleId(2)}`);
  expect(await field()).toHaveProperty("value", "");
  document.body.replaceChildren();
  startFakeServer({ "auth.refresh": () => sampleTokens({ id: sampleId(101) }), "leads.byId": byId });
  openApp(address);
  expect(await field()).toHaveProperty("value", "");
});

test("a draft nobody came back to for a week is removed", async () => {
  const key = `intake-draft:${sampleId(100)}:${sampleId(9)}`;
  const old = Date.now() - 8 * 86_400_000;
  localStorage.setItem(key, JSON.stringify({ noteId: sampleId(9), body: "Old", at: old }));
  startFakeServer();
  openApp(address);
  await field();
  expect(localStorage.getItem(key)).toBeNull();
});

test("5,001 characters are counted and refused before they are sent", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  const area = await field();
  await user.click(area);
  await user.paste("x".repeat(5001));
  expect(screen.getByText("1 characters too many")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Save note" }));
  expect(await screen.findByText("Shorten the note to at most 5,000 characters.")).toBeTruthy();
  expect(server.asked("notes.add")).toEqual([]);
});

test("@ offers colleagues, arrows choose, Enter takes and the note goes on", async () => {
  startFakeServer();
  const { user } = openApp(address);
  const area = await field();
  await user.type(area, "Ask @");
  const names = await screen.findByRole("listbox", { name: "Colleagues" });
  expect(
    within(names)
      .getAllByRole("option")
      .map((option) => option.textContent),
  ).toEqual([
    expect.stringContaining("Jonas Meyer"),
    expect.stringMatching(/Olena Kovalʹ.*away/),
    expect.stringContaining("Rita Reader"),
  ]);
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}{ArrowUp}");
  const active = document.getElementById(area.getAttribute("aria-activedescendant") ?? "");
  expect(active?.textContent).toContain("Rita Reader");
  await user.keyboard("{Backspace}@jon{Enter}");
  expect(area).toHaveProperty("value", "Ask @Jonas Meyer ");
  expect(screen.queryByRole("listbox", { name: "Colleagues" })).toBeNull();
  await user.type(area, "@ol");
  await screen.findByRole("listbox", { name: "Colleagues" });
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("listbox", { name: "Colleagues" })).toBeNull();
  expect(area).toHaveProperty("value", "Ask @Jonas Meyer @ol");
});

test("a note that names you says so; your own can be changed, a colleague's or an old one cannot", async () => {
  const server = startFakeServer({
    "leads.events": () => [
      noteEvent(1, "Ask @Ana Ruiz about it", { mentionsYou: true, mentions: ["Ana Ruiz"] }),
      noteEvent(2, "Mine", { isYours: true }),
      noteEvent(3, "Old", {
        isYours: true,
        writtenAt: "2026-01-01T00:00:00.000Z",
        editedAt: "2026-01-01T01:00:00.000Z",
      }),
    ],
  });
  const { user } = openApp(address);
  expect((await screen.findByText("@Ana Ruiz")).tagName).toBe("B");
  expect(screen.getByText("Names you")).toBeTruthy();
  expect(screen.getByText(/^Edited/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Change" }));
  const area = screen.getByRole("textbox", { name: "Change the note" });
  await user.type(area, ", changed");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(screen.queryByRole("textbox", { name: "Change the note" })).toBeNull());
  expect(server.asked("notes.edit")).toEqual([
    { noteId: sampleId(602), body: "Mine, changed", editedAt: null },
  ]);
});

test("only the notes, and back to all", async () => {
  const server = startFakeServer({
    "leads.events": ({ only }) =>
      only ? [noteEvent(1, "A note")] : [noteEvent(1, "A note"), sampleEvent(2)],
  });
  const { user } = openApp(address);
  await screen.findByText(/Sent through the form/);
  await user.click(screen.getByRole("button", { name: "Notes" }));
  await waitFor(() => expect(screen.queryByText(/Sent through the form/)).toBeNull());
  expect(await screen.findByText("A note")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "All" }));
  expect(await screen.findByText(/Sent through the form/)).toBeTruthy();
  expect(server.asked("leads.events")).toContainEqual(expect.objectContaining({ only: "notes" }));
});

test("a long history loads what is older when asked", async () => {
  const page = Array.from({ length: 100 }, (_, index) => noteEvent(index, `Note ${index}`));
  const server = startFakeServer({
    "leads.events": ({ cursor }) => (cursor ? [sampleEvent(200)] : page),
  });
  const { user } = openApp(address);
  await user.click(await screen.findByRole("button", { name: "Show older" }));
  expect(await screen.findByText(/Sent through the form/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Show older" })).toBeNull();
  expect(server.asked("leads.events").at(-1)).toMatchObject({
    cursor: { at: page[99]?.at, id: page[99]?.id },
  });
});

test("who may only read sees notes and no field", async () => {
  startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
    "leads.events": () => [noteEvent(1, "For everybody")],
  });
  openApp(address);
  expect(await screen.findByText("For everybody")).toBeTruthy();
  expect(screen.queryByRole("textbox", { name: "New note" })).toBeNull();
});
