// @vitest-environment happy-dom
import type { LeadPage, ListLeads } from "@intake/core/leads/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const field = () => screen.findByRole("combobox", { name: "Find or do" });
const list = () => within(screen.getByRole("listbox", { name: "What to find or do" }));
const options = () =>
  list()
    .queryAllByRole("option")
    .map((option) => option.textContent);
const chosen = () => list().getByRole("option", { selected: true }).textContent;
const section = (name: string) => screen.findByRole("group", { name });
const maria = sampleLead(7, { firstName: "María", lastName: "García", email: "maria@example.com" });
const leadsAddress = `/app/leads/${sampleId(1)}`;

/** A list that finds María under her name, and everybody without one. */
function findMaria({ q = "" }: ListLeads): LeadPage {
  if (q === "") return samplePage([sampleLead(1), sampleLead(2)]);
  return samplePage("maria garcia".startsWith(q) || q === "garcia" ? [maria] : []);
}

test("Ctrl-K opens it from anywhere, the rail's button too, and Escape leaves everything as it was", async () => {
  startFakeServer();
  const { user } = openApp("/app/leads");
  await user.click(await screen.findByRole("searchbox", { name: "Search leads" }));
  await user.keyboard("{Control>}k{/Control}");
  await field();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole("searchbox", { name: "Search leads" }));
  await user.click(screen.getByRole("button", { name: "Find or do…" }));
  expect(await section("Go to")).toBeTruthy();
});

test("a lead is found by name and opened with Enter; its accents do not matter", async () => {
  const server = startFakeServer({ "leads.list": findMaria, "leads.byId": () => maria });
  const { user, router } = openApp("/app/leads");
  await screen.findByRole("link", { name: /Lindqvist 1/ });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await field(), "garcia");
  await waitFor(() => expect(chosen()).toContain("María García"));
  expect((await section("Leads")).querySelector("mark")?.textContent).toBe("García");
  await user.keyboard("{Enter}");
  await screen.findByRole("heading", { level: 1, name: "María García" });
  expect(router.state.location.pathname).toBe(`/leads/${maria.id}`);
  const asked = server.asked("leads.list").filter((input) => (input as ListLeads).q === "garcia");
  expect(asked).toMatchObject([
    { in: "person", limit: 6 },
    { in: "everything", limit: 6 },
  ]);
});

test("an answer that comes late never stands under another text", async () => {
  const slow = Promise.withResolvers<LeadPage>();
  startFakeServer({ "leads.list": (input) => (input.q === "mar" ? slow.promise : findMaria(input)) });
  const { user } = openApp("/app/leads");
  await screen.findByRole("link", { name: /Lindqvist 1/ });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await field(), "mar");
  await screen.findByText("Searching");
  await user.type(await field(), "zz");
  await waitFor(() => expect(screen.queryByText("Searching")).toBeNull());
  slow.resolve(samplePage([maria]));
  await waitFor(() => expect(options()).toEqual(["All leads matching “marzz”0"]));
});

test("what has a key on the page can be done from it, after it has gone", async () => {
  const server = startFakeServer();
  const { user } = openApp(leadsAddress);
  await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
  await user.keyboard("{Control>}k{/Control}");
  const lead = await section("With this lead");
  expect(within(lead).getByRole("option", { name: /^Mark reached out$/ }).textContent).toBe(
    "Mark reached outR",
  );
  expect(within(lead).queryByRole("option", { name: /Set back/ })).toBeNull();
  await user.type(await field(), "write note");
  await waitFor(() => expect(chosen()).toBe("Write a noteM"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "New note" })));
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await field(), "reached");
  await waitFor(() => expect(chosen()).toBe("Mark reached outR"));
  await user.keyboard("{ArrowDown}{ArrowUp}{Enter}");
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toMatchObject([{ status: "REACHED_OUT", version: 1 }]),
  );
});

test("keys typed into it do nothing else", async () => {
  const server = startFakeServer();
  const { user } = openApp(leadsAddress);
  await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
  await user.keyboard("{Control>}k{/Control}");
  // Browsers put the focus there; this DOM does not know how.
  await user.click(await field());
  await user.keyboard("rua?");
  expect(await field()).toHaveProperty("value", "rua?");
  expect(server.asked("leads.updateStatus")).toEqual([]);
  expect(screen.getAllByRole("dialog")).toHaveLength(1);
});

test("recent leads come first, without the one that is open, and only for who opened them", async () => {
  const server = startFakeServer({
    "leads.byId": ({ leadId }) => {
      if (leadId === sampleId(3)) throw new Refusal("NOT_FOUND", "Gone.");
      return sampleLead(Number(leadId.slice(-2)));
    },
  });
  localStorage.setItem(
    `intake-recent-${sampleId(100)}`,
    JSON.stringify([sampleId(1), sampleId(2), sampleId(3), "<script>"]),
  );
  localStorage.setItem(`intake-recent-${sampleId(101)}`, JSON.stringify([sampleId(9)]));
  const { user } = openApp(leadsAddress);
  await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
  await user.keyboard("{Control>}k{/Control}");
  const recent = await section("Recent leads");
  expect(within(recent).getAllByRole("option")).toHaveLength(1);
  expect(recent.textContent).toContain("Zoë Lindqvist 2");
  expect(server.asked("leads.byId")).not.toContainEqual({ leadId: sampleId(9) });
});

test("pages, settings and views are found by name; what a role may not open is not there", async () => {
  startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "INTAKE" }),
    "views.list": () => [
      {
        ...{ id: "new", name: "New", address: "status=PENDING&unread=true", owner: null, count: 4 },
        ...{ countIsExact: true, isPinned: true, isShared: true, isYours: false, mayDelete: false },
      },
    ],
  });
  const { user } = openApp("/app/leads");
  await screen.findByRole("link", { name: /Lindqvist 1/ });
  await user.keyboard("{Control>}k{/Control}");
  const places = within(await section("Go to"));
  await places.findByRole("option", { name: /^New/ });
  expect(places.queryByRole("option", { name: "Audit" })).toBeNull();
  await user.type(await field(), "sec");
  await waitFor(() => expect(chosen()).toContain("Security"));
  await user.clear(await field());
  await user.type(await field(), "new");
  await waitFor(() => expect(chosen()).toBe("New4"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(location.search).toBe("?status=PENDING&unread=true"));
});

test("operators become filters of the list; Ctrl-Enter opens a new tab", async () => {
  startFakeServer({ "leads.list": findMaria });
  const opened = vi.spyOn(window, "open").mockReturnValue(null);
  const { user } = openApp("/app/leads");
  await screen.findByRole("link", { name: /Lindqvist 1/ });
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await field(), "status:pending from:gmail.com garcia");
  await waitFor(() => expect(screen.queryByText("Searching")).toBeNull());
  await user.keyboard("{ArrowUp}{Control>}{Enter}{/Control}");
  await waitFor(() => expect(opened).toHaveBeenCalledOnce());
  expect(opened.mock.calls[0]?.[0]).toMatch(/^\/app\/leads\?.*status=PENDING/);
  opened.mockRestore();
});

test("a search that fails says so, and the rest of it stays", async () => {
  startFakeServer({
    "leads.list": (input) => {
      if (input.q) throw new Refusal("SERVICE_UNAVAILABLE", "The database is busy.");
      return samplePage([]);
    },
  });
  const { user } = openApp("/app/leads");
  await screen.findByText("No leads yet");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await field(), "home");
  expect(await screen.findByText("The database is busy.")).toBeTruthy();
  expect(chosen()).toBe("Home");
});
