// @vitest-environment happy-dom
import { listLeadsSchema } from "@intake/core/leads/schema";
import { startingLayout } from "@intake/core/views/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { spreadNews } from "../live/live-news";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead, samplePage } from "../testing/sample-data";

const table = () => screen.findByRole("table", { name: "Leads" });
const five = () =>
  samplePage(
    [1, 2, 3, 4, 5].map((number) => sampleLead(number)),
    { total: 37 },
  );
const bar = () => screen.findByRole("toolbar", { name: "Selected leads" });
const isChosen = (number: number) =>
  screen.getByRole<HTMLInputElement>("checkbox", { name: `Select Zoë Lindqvist ${number}` }).checked;
const chosen = () => [1, 2, 3, 4, 5].filter(isChosen);

test("x chooses the current row, Shift-x the rows up to it, Escape none", async () => {
  startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  await table();
  await user.keyboard("jx");
  expect(within(await bar()).getByRole("status").textContent).toBe("1 selected");
  await user.keyboard("jj{Shift>}X{/Shift}");
  expect(chosen()).toEqual([1, 2, 3]);
  await user.keyboard("{Escape}");
  expect(chosen()).toEqual([]);
  expect(screen.queryByRole("toolbar", { name: "Selected leads" })).toBeNull();
});

test("Ctrl-A chooses what is loaded, and the bar all that match, with exceptions", async () => {
  startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  await table();
  await user.keyboard("{Control>}a{/Control}");
  const words = within(await bar()).getByRole("status");
  expect(words.textContent).toBe("5 selected");
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "Select all that are loaded" }).checked).toBe(
    true,
  );
  await user.click(screen.getByRole("button", { name: "Select all 37 matching" }));
  expect(words.textContent).toBe("All 37 matching selected");
  await user.click(screen.getByRole("checkbox", { name: "Select Zoë Lindqvist 2" }));
  expect(words.textContent).toBe("All 36 matching selected");
  expect(chosen()).toEqual([1, 3, 4, 5]);
  await user.click(screen.getByRole("button", { name: "Select none" }));
  expect(chosen()).toEqual([]);
});

test("a check box does not take the keys away, another filter begins anew", async () => {
  startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  await table();
  await user.click(screen.getByRole("checkbox", { name: "Select Zoë Lindqvist 4" }));
  await user.keyboard("jx");
  expect(chosen()).toEqual([1, 4]);
  await user.click(screen.getByRole("link", { name: /^Pending/ }));
  await waitFor(() => expect(chosen()).toEqual([]));
});

test("columns are chosen, moved and made compact, and kept for the person", async () => {
  const server = startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  const heads = async () =>
    within(await table())
      .getAllByRole("columnheader")
      .map((head) => head.getAttribute("aria-label"));
  expect(await heads()).toEqual([
    ...["Name", "Status", "Answer within", "Resume", "Their time", "With", "Received"],
  ]);
  await user.click(screen.getByRole("button", { name: "Columns and row height" }));
  await user.click(await screen.findByRole("checkbox", { name: "Resume" }));
  await user.click(screen.getByRole("checkbox", { name: "Reference" }));
  await user.click(screen.getByRole("button", { name: "Move With forward" }));
  await user.click(screen.getByRole("radio", { name: "Compact" }));
  const kept = {
    columns: ["status", "respondBy", "assignee", "timeZone", "createdAt", "reference"],
    widths: {},
    density: "compact",
  };
  await waitFor(() => expect(server.asked("views.keepLayout").at(-1)).toEqual(kept));
  await user.keyboard("{Escape}");
  expect(await heads()).toEqual([
    "Name",
    "Status",
    "Answer within",
    "With",
    "Their time",
    "Received",
    "Reference",
  ]);
  const edge = screen.getByRole("separator", { name: "Width of Status" });
  edge.focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() =>
    expect(server.asked("views.keepLayout").at(-1)).toMatchObject({ widths: { status: 132 } }),
  );
});

test("filters are chosen in the panel, stand beside the search, and can be taken away", async () => {
  const server = startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  await table();
  await user.click(screen.getByRole("button", { name: "Filter" }));
  await user.click(await screen.findByRole("radio", { name: "Unread" }));
  await user.selectOptions(screen.getByRole("combobox", { name: "With" }), "Jonas Meyer");
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({ unread: true, assignee: sampleId(101) }),
  );
  await user.click(await screen.findByRole("button", { name: "Show 37 leads" }));
  expect(screen.getByRole("button", { name: /^Filter\s*2 in force$/ })).toBeTruthy();
  await user.click(screen.getByRole("link", { name: "Without “With Jonas Meyer”" }));
  await waitFor(() => expect(location.search).toBe("?unread=true"));
  await user.click(screen.getByRole("link", { name: "Clear all" }));
  await waitFor(() => expect(location.search).toBe(""));
});

test("what is typed as an operator becomes a filter once it is whole", async () => {
  const server = startFakeServer({ "leads.list": five });
  const { user } = openApp("/app/leads");
  await table();
  const box = screen.getByRole<HTMLInputElement>("searchbox", { name: "Search leads" });
  await user.type(box, "garcia sta");
  await user.keyboard("{ArrowDown}{Enter}");
  expect(box.value).toBe("garcia status:");
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "garcia", status: "PENDING" }),
  );
  await waitFor(() => expect(box.value).toBe("garcia"));
  await user.type(box, " before:2026-01-01{Enter}");
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({
      q: "garcia",
      createdTo: "2026-01-01T00:00:00.000Z",
    }),
  );
  for (const asked of server.asked("leads.list")) expect(listLeadsSchema.safeParse(asked).success).toBe(true);
});

test("a page can be asked for by its number", async () => {
  const server = startFakeServer({
    "leads.list": ({ page = 1 }) => samplePage([sampleLead(page)], { total: 100, page, lastPage: 4 }),
  });
  const { user } = openApp("/app/leads");
  await table();
  const box = screen.getByRole("textbox", { name: /^Page, 1 to 4/ });
  await user.clear(box);
  await user.type(box, "3{Enter}");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ page: 3 }));
  expect(await screen.findByText("51–51 of 100")).toBeTruthy();
});

test("what came since the last visit stands above a line, and the newest is noted", async () => {
  const server = startFakeServer({
    "leads.list": () =>
      samplePage([
        sampleLead(1, { createdAt: "2026-11-20T10:00:00.000Z" }),
        sampleLead(2, { createdAt: "2026-11-20T09:00:00.000Z" }),
      ]),
    "views.habits": () => ({ layout: startingLayout, lookedAt: "2026-11-20T09:30:00.000Z" }),
  });
  const { user } = openApp("/app/leads");
  const line = await screen.findByText(/^Above: new since you last looked/);
  const rows = within(await table()).getAllByRole("row");
  expect(rows.findIndex((row) => row.contains(line))).toBe(2);
  await user.click(screen.getByRole("link", { name: /Lindqvist 1/ }));
  await waitFor(() => expect(server.asked("views.look").at(-1)).toEqual({ at: "2026-11-20T10:00:00.000Z" }));
});

test("triage opens the first unread lead that waits, and next walks those that wait", async () => {
  const server = startFakeServer({
    "leads.list": ({ status }) =>
      status === "PENDING"
        ? samplePage([sampleLead(1), { ...sampleLead(2), isUnread: true }, sampleLead(3)])
        : samplePage([sampleLead(9, { status: "REACHED_OUT" })]),
    "leads.byId": ({ leadId }) => sampleLead(Number(leadId.slice(-1))),
  });
  const { user } = openApp("/app/leads");
  await table();
  await user.keyboard("t");
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 2" })).toBeTruthy();
  await user.keyboard("j");
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 3" })).toBeTruthy();
  expect(server.asked("leads.list").at(-1)).toMatchObject({ status: "PENDING" });
});

test("unread leads and mail that did not arrive are said, not only shown", async () => {
  startFakeServer({
    "leads.list": () => samplePage([{ ...sampleLead(1), isUnread: true, receiptState: "FAILED" }]),
  });
  openApp("/app/leads");
  expect((await table()).textContent).toContain("Zoë Lindqvist 1, unreadUndeliverable: zoe1@example.com");
});

test("leads that come in are counted, and shown when the person asks for them", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads");
  await table();
  server.answers["leads.list"] = () => samplePage([sampleLead(9), sampleLead(1), sampleLead(2)]);
  spreadNews({ changes: [{ leadId: sampleId(9), kinds: ["created"] }], isMany: false });
  const button = await screen.findByRole("button", { name: "1 new lead" });
  expect((await table()).textContent).not.toContain("Lindqvist 9");
  await user.click(button);
  await waitFor(async () => expect((await table()).textContent).toContain("Lindqvist 9"));
  await waitFor(() => expect(screen.queryByRole("button", { name: "1 new lead" })).toBeNull());
});

test("a lead that came after the list and before the first news could be heard shows by itself", async () => {
  const isLater = () => server.asked("leads.totals").length > 1;
  const server = startFakeServer({
    "leads.list": () => samplePage(isLater() ? [sampleLead(9), sampleLead(1)] : [sampleLead(1)]),
    "leads.totals": () => ({ PENDING: isLater() ? 2 : 1, REACHED_OUT: 0 }),
  });
  openApp("/app/leads");
  await waitFor(async () => expect((await table()).textContent).toContain("Lindqvist 9"));
});
