// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId } from "../testing/sample-data";
import { sampleAttention, sampleReport } from "../testing/sample-report";

const numbers = () => screen.findByRole("region", { name: /^Six numbers/ });

test("the home page is where the dashboard begins: six numbers, each with its leads", async () => {
  const server = startFakeServer();
  openApp("/app/");
  const six = await numbers();
  expect(server.asked("reports.office")).toEqual([{ days: 30 }]);
  for (const words of [
    "10.0",
    "9.0 before",
    "90.5%",
    "87 % before",
    "2 h 14 m",
    "9 in 10 within 5 h 10 m, of 305",
  ])
    expect(six.textContent).toContain(words);
  for (const words of ["7 h 05 m", "1.7%", "2.6 % before", "98.3%", "1 suppressed, 4 failed, 2 on the way"])
    expect(six.textContent).toContain(words);
  expect(six.textContent).toContain("Too few before");
  const linkOf = (name: string) =>
    new URL(within(six).getByRole("link", { name }).getAttribute("href") ?? "", location.href);
  const leads = (name: string) => Object.fromEntries(linkOf(name).searchParams);
  const period = { createdFrom: "2026-10-26T00:00:00.000Z", createdTo: "2026-11-24T09:26:00.000Z" };
  expect(leads("Leads a day")).toEqual(period);
  expect(leads("Answered in time")).toEqual({ ...period, answered: "IN_TIME" });
  expect(leads("29 not")).toEqual({ ...period, answered: "LATE" });
  expect(leads("First contact, median")).toEqual({
    ...{ reachedFrom: period.createdFrom, reachedTo: period.createdTo },
  });
  expect(leads("Oldest pending")).toEqual({ status: "PENDING", sort: "createdAt", order: "asc" });
  expect(leads("Receipts delivered")).toEqual({ ...period, mail: "UNDELIVERED" });
  expect(linkOf("Zeynep Gökçe Yıldırım").pathname).toBe(`/app/leads/${sampleId(1)}`);
  expect(linkOf("Uploads that failed").hash).toBe("#why-uploads-failed");
});

test("the period is in the address, and one that does not exist falls back and says so", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/?days=7");
  await numbers();
  const periods = screen.getByRole("navigation", { name: "Period" });
  expect(within(periods).getByRole("link", { current: "page" }).textContent).toBe("7 days");
  await user.click(within(periods).getByRole("link", { name: "90 days" }));
  await waitFor(() => expect(location.search).toBe("?days=90"));
  await waitFor(() => expect(server.asked("reports.office")).toEqual([{ days: 7 }, { days: 90 }]));
});

test("a period of 45 days is no period", async () => {
  const server = startFakeServer();
  openApp("/app/?days=45");
  await numbers();
  expect(screen.getByText(/asks for “45” days/)).toBeTruthy();
  expect(server.asked("reports.office")).toEqual([{ days: 30 }]);
});

test("what needs somebody leads to its leads; a quiet office says so", async () => {
  const lead = { id: sampleId(3), firstName: "Ingibjörg", lastName: "Þórðardóttir" };
  startFakeServer({
    "reports.attention": () =>
      sampleAttention({
        pastTarget: { total: 1000, isExact: false, worst: { ...lead, lateMinutes: 125 } },
        newLeads: { total: 4, isExact: true, since: "2026-11-20T17:40:00.000Z", unassigned: 3 },
        undelivered: {
          total: 1,
          isExact: true,
          newest: { ...lead, state: "FAILED", reason: "mailbox full" },
        },
      }),
  });
  openApp("/app/");
  const needs = await screen.findByRole("region", { name: "Needs you" });
  const links = within(needs).getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual([
    "1,000+ past the promiseOldest: Ingibjörg Þórðardóttir, late by 2 h 05 m",
    expect.stringMatching(/^4 new since you last looked.*3 of them with nobody yet$/),
    "1 receipt did not arriveIngibjörg Þórðardóttir: mailbox full",
  ]);
  const searches = links.map((link) => new URL(link.getAttribute("href") ?? "", location.href).searchParams);
  expect(searches.map((search) => Object.fromEntries(search))).toEqual([
    { late: "true", sort: "respondBy", order: "asc" },
    { createdFrom: "2026-11-20T17:40:00.000Z" },
    { status: "PENDING", mail: "UNDELIVERED" },
  ]);
});

test("nothing to do is said in words", async () => {
  startFakeServer();
  openApp("/app/");
  expect(await screen.findByText(/Nothing waits for you/)).toBeTruthy();
});

test("every bar is a link: one stop for Tab, arrows between them, the same figures in a table", async () => {
  startFakeServer();
  const { user } = openApp("/app/?days=7");
  const bars = await screen.findByRole("list", { name: "Leads per day, 70 in 7 days" });
  const links = within(bars).getAllByRole("link");
  expect(links).toHaveLength(7);
  expect(links.filter((link) => link.tabIndex === 0)).toEqual([links[6]]);
  links[6]?.focus();
  await user.keyboard("{ArrowLeft}");
  expect(document.activeElement).toBe(links[5]);
  const words = "Mon 23 Nov: 9 leads, 7 answered in time, 2 late";
  expect(links[5]?.getAttribute("aria-label")).toBe(words);
  expect(screen.getByText(words)).toBeTruthy();
  await user.keyboard("{Home}");
  expect(document.activeElement).toBe(links[0]);
  const search = new URL(links[0]?.getAttribute("href") ?? "", location.href).searchParams;
  expect(Object.fromEntries(search)).toEqual({
    createdFrom: "2026-11-18T00:00:00.000Z",
    createdTo: "2026-11-19T00:00:00.000Z",
  });
  const table = screen.getByRole("table", { name: "Leads per day", hidden: true });
  expect(
    within(table)
      .getAllByRole("row", { hidden: true })
      .map((row) => row.textContent)
      .slice(0, 3),
  ).toEqual(["DayIn timeLatePending", "Tue 24 Nov721", "Mon 23 Nov720"]);
});

test("bars of waits lead to the leads that waited so long; an empty bar leads nowhere", async () => {
  startFakeServer();
  openApp("/app/");
  const bars = await screen.findByRole("list", { name: "Time to first contact, 305 leads" });
  const links = within(bars).getAllByRole("link");
  expect(links.map((link) => link.getAttribute("aria-label"))).toEqual([
    "under 5 h: 276 leads",
    "5–8 h: 29 leads, after the promise",
  ]);
  const search = new URL(links[1]?.getAttribute("href") ?? "", location.href).searchParams;
  expect(Object.fromEntries(search)).toMatchObject({ waitFrom: "300", waitTo: "480" });
  expect(screen.getByText("Promise: 5 h")).toBeTruthy();
});

test("why uploads failed, by reason and where", async () => {
  startFakeServer();
  openApp("/app/");
  const reasons = await screen.findByRole("region", { name: "Why uploads failed" });
  expect(reasons.textContent).toContain("27 of 1,502 tries");
  expect(
    within(reasons)
      .getAllByRole("listitem")
      .map((item) => item.textContent),
  ).toEqual(["Larger than allowed118 on Chrome on Android", "Broken off on the way2all on other browsers"]);
});

test("too few cases are no number", async () => {
  const few = { good: 3, all: 4, share: null };
  startFakeServer({
    "reports.office": ({ days }) =>
      sampleReport(days, {
        inTime: { now: few, before: few },
        firstContact: {
          now: { samples: 4, median: null, ninth: null },
          before: { samples: 0, median: null, ninth: null },
        },
        oldestPending: { now: null, before: null },
        oldestLead: null,
        reasons: [],
      }),
  });
  openApp("/app/");
  const six = await numbers();
  expect(within(six).getAllByText("Too few to say")).toHaveLength(2);
  expect(six.textContent).toContain("4 contacts so far; a median needs 20");
  expect(six.textContent).toContain("Everybody was reached");
  expect(screen.getByText("No upload failed in this time.")).toBeTruthy();
});

test("numbers that cannot be loaded say so and can be asked for again", async () => {
  const server = startFakeServer({
    "reports.office": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong here.");
    },
  });
  const { user } = openApp("/app/");
  await screen.findByRole("heading", { name: "The numbers could not be loaded" });
  server.answers["reports.office"] = ({ days }) => sampleReport(days);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await numbers();
});
