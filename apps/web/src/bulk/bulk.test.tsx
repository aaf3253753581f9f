// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleBulk } from "../testing/sample-bulk";
import { sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const countedAt = "2026-11-24T09:15:00.000Z";
const finishedAt = "2026-11-24T09:16:00.000Z";
const dialogCalled = async (name: string) => within(await screen.findByRole("dialog", { name }));

/** The list with its two leads chosen. */
async function chooseBoth(changes: Parameters<typeof startFakeServer>[0] = {}) {
  const leads = [sampleLead(1), sampleLead(2)];
  const server = startFakeServer({ "leads.list": () => samplePage(leads, { total: 1284 }), ...changes });
  const { user } = openApp("/app/leads");
  await screen.findByRole("table", { name: "Leads" });
  await user.keyboard("{Control>}a{/Control}");
  const bar = within(await screen.findByRole("toolbar", { name: "Selected leads" }));
  return { server, user, bar };
}

test("marks the chosen leads: their number in the dialog, how far it is in a line, and a way back", async () => {
  const { server, user } = await chooseBoth();
  let state = sampleBulk({ total: 2 });
  server.answers["bulk.start"] = () => state;
  server.answers["bulk.mine"] = () => [state];
  await user.keyboard("r");
  const dialog = await dialogCalled("Mark 2 leads reached out?");
  await user.selectOptions(dialog.getByLabelText("How"), "Phone");
  await user.click(dialog.getByRole("button", { name: "Mark 2 leads" }));
  const line = within(await screen.findByRole("region", { name: "Change of many leads" }));
  expect(server.asked("bulk.start")).toEqual([
    {
      selection: { kind: "ids", ids: [sampleId(1), sampleId(2)] },
      change: { kind: "STATUS", status: "REACHED_OUT", channel: "PHONE" },
      confirmed: { total: 2, countedAt },
    },
  ]);
  expect(line.getByRole("progressbar", { name: "2 leads being marked reached out" })).toBeDefined();
  expect(screen.queryByRole("toolbar", { name: "Selected leads" })).toBeNull();
  state = { ...state, state: "DONE", done: 1, skipped: 1, finishedAt, canUndo: true };
  const words = "1 lead marked reached out. 1 lead left alone: changed meanwhile, or so already.";
  await line.findByText(words);
  await waitFor(() => expect(within(messages()).getByRole("status").textContent).toBe(words));
  server.answers["bulk.undo"] = () => sampleBulk({ id: sampleId(951), isUndo: true, total: 1 });
  await user.keyboard("u");
  await screen.findByRole("progressbar", { name: "Taking back: 1 lead marked reached out" });
  expect(server.asked("bulk.undo")).toEqual([{ bulkId: state.id }]);
});

const messages = () => screen.getByRole("region", { name: "Messages" });

test("all that match: more than thirty must be typed, and more than were confirmed are counted again", async () => {
  let total = 1284;
  const { server, user, bar } = await chooseBoth({ "bulk.count": () => ({ total, countedAt }) });
  await user.click(bar.getByRole("button", { name: "Select all 1,284 matching" }));
  await user.click(bar.getByRole("button", { name: /^Mark reached out/ }));
  const dialog = await dialogCalled("Mark 1,284 leads reached out?");
  await user.click(dialog.getByRole("button", { name: "Mark 1,284 leads" }));
  dialog.getByText("Type 1284 to show that you mean all of them.");
  expect(server.asked("bulk.start")).toEqual([]);
  total = 1286;
  server.answers["bulk.start"] = () => {
    throw new Refusal(
      "CONFLICT",
      "1,286 leads match by now, 2 more than you confirmed. Nothing was changed.",
    );
  };
  await user.type(dialog.getByLabelText("Type 1284 to go on"), "1,284{Enter}");
  await dialog.findByText(/2 more than you confirmed/);
  await dialogCalled("Mark 1,286 leads reached out?");
  expect(server.asked("bulk.start")).toMatchObject([
    { selection: { kind: "matching", except: [] }, confirmed: { total: 1284 } },
  ]);
});

test("assigns to a colleague who takes part, and asks for one first", async () => {
  const { server, user } = await chooseBoth();
  await user.keyboard("a");
  const dialog = await dialogCalled("Assign 2 leads?");
  await user.click(dialog.getByRole("button", { name: "Assign 2 leads" }));
  expect(dialog.getByRole("alert").textContent).toBe("Choose who is to be in charge.");
  const choice = dialog.getByLabelText<HTMLSelectElement>("In charge");
  const names = [...choice.options].map(({ text }) => text);
  expect(names.slice(1, 3)).toEqual(["Ana Ruiz (you)", "Jonas Meyer"]);
  expect(names.join()).not.toContain("Rita Reader");
  await user.selectOptions(choice, "Jonas Meyer");
  await user.click(dialog.getByRole("button", { name: "Assign 2 leads" }));
  await screen.findByText("2 leads being assigned to Jonas Meyer");
  expect(server.asked("bulk.start")).toMatchObject([
    { change: { kind: "ASSIGN", assigneeId: sampleId(101) } },
  ]);
});

test("a change that was under way when the page was left is there again, and can be cancelled", async () => {
  const server = startFakeServer({
    "bulk.mine": () => [sampleBulk({ state: "RUNNING", done: 10, skipped: 2 })],
  });
  const { user } = openApp("/app/leads");
  await screen.findByText("12 of 40");
  const cancelled = sampleBulk({ state: "CANCELLED", done: 12, skipped: 2, finishedAt, canUndo: true });
  server.answers["bulk.cancel"] = () => cancelled;
  server.answers["bulk.mine"] = () => [cancelled];
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  const line = within(await screen.findByRole("region", { name: "Change of many leads" }));
  await line.findByText(/^Cancelled\. 12 leads marked reached out\..* 26 leads not touched\.$/);
  await user.click(line.getByRole("button", { name: "Close this line" }));
  expect(screen.queryByRole("region", { name: "Change of many leads" })).toBeNull();
});

test("exports what the list shows, under the name the server gives it, or says why not", async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
  const { server, user } = await chooseBoth();
  server.files = () => Response.json({ code: "TOO_MANY_REQUESTS", detail: "Two exports." }, { status: 429 });
  await user.click(screen.getAllByRole("button", { name: "Export" })[0] as HTMLElement);
  const dialog = await dialogCalled("Export 2 leads");
  await user.click(dialog.getByRole("radio", { name: /CSV for programs/ }));
  await user.click(dialog.getByRole("button", { name: "Export 2 leads" }));
  await dialog.findByText(/Two exports/);
  const name = "leads-2026-11-24-2-rows.csv";
  server.files = (address) => {
    expect(address).toBe("/api/leads/export");
    return new Response("x", { headers: { "content-disposition": `attachment; filename="${name}"` } });
  };
  await user.click(dialog.getByRole("button", { name: "Export 2 leads" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(saved.mock.contexts).toMatchObject([{ download: name }]);
  saved.mockRestore();
});

test.each([
  ["INTAKE", ["Mark reached out", "Assign"]],
  ["READ_ONLY", []],
] as const)("%s sees only what they may do", async (role, expected) => {
  const { bar } = await chooseBoth({ "auth.refresh": () => sampleTokens({ role }) });
  const names = bar.getAllByRole("button").map(({ textContent }) => textContent?.trim());
  for (const word of ["Mark reached out", "Assign", "Export"])
    expect([word, names.some((name) => name?.startsWith(word))]).toEqual([
      word,
      expected.some((each) => each === word),
    ]);
  expect(screen.queryByRole("button", { name: "Export" })).toBeNull();
});
