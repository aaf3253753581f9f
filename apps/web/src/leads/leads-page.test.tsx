// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const table = () => screen.findByRole("table", { name: "Leads" });

test("rows tell name, address, status and file; tabs carry their numbers", async () => {
  startFakeServer({
    "leads.list": () =>
      samplePage([
        sampleLead(1),
        sampleLead(2, {
          status: "REACHED_OUT",
          resume: { ...sampleLead(2).resume, scanState: "INFECTED" },
        }),
      ]),
    "leads.totals": () => ({ PENDING: 1200, REACHED_OUT: 34 }),
  });
  openApp("/app/leads");
  const [, first, second] = within(await table()).getAllByRole("row");
  expect(first?.textContent).toMatch(/Zoë Lindqvist 1.*zoe1@example\.com.*Pending.*PDF, 48 KB.*20 Nov/);
  expect(second?.textContent).toMatch(/Reached out.*PDF, infected/);
  const tabs = screen.getByRole("navigation", { name: "Status" });
  await waitFor(() => expect(tabs.textContent).toBe("All1,234Pending1,200Reached out34"));
  expect(screen.getByText("1–2 of 2")).toBeTruthy();
  expect(document.title).toBe("Leads · Intake");
});

test("typing searches, marks what was found and can be cleared", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads");
  await table();
  await user.keyboard("/");
  const box = screen.getByRole("searchbox", { name: "Search leads" });
  expect(document.activeElement).toBe(box);
  await user.type(box, " zoe ");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "zoe" }));
  await waitFor(() =>
    expect([...document.querySelectorAll("mark")].map((mark) => mark.textContent)).toEqual([
      "Zoë",
      "zoe",
      "Zoë",
      "zoe",
    ]),
  );
  expect(location.search).toBe("?q=zoe");
  await user.click(screen.getByRole("button", { name: "Clear the search" }));
  await waitFor(() => expect(location.search).toBe(""));
  await waitFor(() => expect(document.querySelector("mark")).toBeNull());
});

test("a tab and a column head ask the server for another list", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads");
  await table();
  await user.click(screen.getByRole("link", { name: /^Pending/ }));
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ status: "PENDING" }));
  expect(screen.getByRole("link", { name: /^Pending/ }).getAttribute("aria-current")).toBe("page");
  await user.click(screen.getByRole("button", { name: "Name" }));
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({
      status: "PENDING",
      sort: "lastName",
      order: "asc",
    }),
  );
  await waitFor(() =>
    expect(screen.getByRole("columnheader", { name: "Name" }).getAttribute("aria-sort")).toBe("ascending"),
  );
});

test("nobody yet, and nobody who matches, have their own words and way on", async () => {
  const server = startFakeServer({ "leads.list": () => samplePage([]) });
  const { user } = openApp("/app/leads?q=nobody&status=PENDING");
  expect(await screen.findByRole("heading", { name: "Nobody matches" })).toBeTruthy();
  expect(
    screen.getByText(
      "“nobody” was searched in names, emails and resumes among the leads that are pending. The words of a new resume are found about a minute after it arrives.",
    ),
  ).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(await screen.findByRole("heading", { name: "No leads yet" })).toBeTruthy();
  expect(screen.getByRole("link", { name: "Open the form" }).getAttribute("href")).toBe("/");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).not.toHaveProperty("q"));
  expect(screen.getByRole("searchbox")).toHaveProperty("value", "");
});

test("a failed list says why and can be asked again", async () => {
  const server = startFakeServer({
    "leads.list": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "Something went wrong here.", { requestId: "req-77" });
    },
  });
  const { user } = openApp("/app/leads");
  expect(await screen.findByText("Something went wrong here. Your filters are kept.")).toBeTruthy();
  expect(screen.getByText(/^Request req-77\./)).toBeTruthy();
  server.answers["leads.list"] = () => samplePage([sampleLead(3)]);
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect((await table()).textContent).toContain("Lindqvist 3");
});

test("who may not see leads is told so, without a useless button", async () => {
  startFakeServer({
    "leads.list": () => {
      throw new Refusal("FORBIDDEN", "Ask an admin for access.");
    },
  });
  openApp("/app/leads");
  expect(await screen.findByText("Leads are not yours to see")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("pages go on and back, and the page size can be chosen", async () => {
  const server = startFakeServer({
    "leads.list": (input) =>
      input.cursor
        ? samplePage([sampleLead(26)], { prevCursor: "back", total: 26, page: null })
        : samplePage([sampleLead(1), sampleLead(2)], { nextCursor: "on", total: 26 }),
  });
  const { user } = openApp("/app/leads");
  expect(await screen.findByText("1–2 of 26")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Next page" }));
  expect(await screen.findByText("26–26 of 26")).toBeTruthy();
  expect(server.asked("leads.list").at(-1)).toMatchObject({ cursor: "on" });
  await user.keyboard("p");
  expect(await screen.findByText("1–2 of 26")).toBeTruthy();
  expect(location.search).toBe("");
  await user.selectOptions(screen.getByRole("combobox", { name: "Per page" }), "50");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ limit: 50 }));
});

test("a page that is gone falls back to the first and says so", async () => {
  startFakeServer({
    "leads.list": (input) => {
      if (input.cursor) throw new Refusal("BAD_REQUEST", "This place of the list is not known.");
      return samplePage([sampleLead(1)]);
    },
  });
  openApp("/app/leads?cursor=old&page=4");
  expect(await screen.findByText("That page of the list is gone. This is the first one.")).toBeTruthy();
  expect((await table()).textContent).toContain("Lindqvist 1");
  expect(location.search).toBe("");
});

test("a wrong parameter is named and the rest is kept; filters from a link can be taken away", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads?sort=shoeSize&email=zoe1%40example.com");
  expect(await screen.findByText(/asks for the sort “shoeSize”, which this list does not know/)).toBeTruthy();
  await table();
  expect(server.asked("leads.list").at(-1)).toMatchObject({ email: "zoe1@example.com", sort: "createdAt" });
  await user.click(screen.getByRole("link", { name: "Without “Email is zoe1@example.com”" }));
  await waitFor(() => expect(server.asked("leads.list").at(-1)).not.toHaveProperty("email"));
});

test("keys walk the rows and open one; Escape comes back to that row", async () => {
  startFakeServer({ "leads.byId": ({ leadId }) => sampleLead(leadId === sampleId(2) ? 2 : 1) });
  const { user } = openApp("/app/leads");
  await table();
  await user.keyboard("jjk");
  expect(document.activeElement?.textContent).toContain("Lindqvist 1");
  await user.keyboard("jo");
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 2" })).toBeTruthy();
  expect(await screen.findByText("2 of 2")).toBeTruthy();
  await user.keyboard("{Escape}");
  await table();
  await waitFor(() => expect(document.activeElement?.textContent).toContain("Lindqvist 2"));
});

const foundInResume = sampleLead(2);
const excerpt = {
  parts: [
    { text: "…ten years of experience with U-", isHit: false },
    { text: "visa", isHit: true },
    { text: " petitions in…", isHit: false },
  ],
};

test("a lead found by its resume shows where, and opens with the search", async () => {
  const server = startFakeServer({
    "leads.list": () => samplePage([sampleLead(1), { ...foundInResume, excerpt }]),
    "leads.byId": ({ leadId }) => (leadId === foundInResume.id ? foundInResume : sampleLead(1)),
    "leads.excerpt": () => excerpt,
  });
  const { user } = openApp("/app/leads?q=visa");
  const [, first, second] = within(await table()).getAllByRole("row");
  expect(first?.textContent).not.toContain("In the resume");
  expect(second?.textContent).toContain("In the resume: …ten years of experience with U-visa petitions in…");
  expect(second?.querySelector("mark")?.textContent).toBe("visa");
  expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "visa", in: "everything" });
  await user.click(screen.getByRole("link", { name: /Lindqvist 2/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 2" })).toBeTruthy();
  expect(location.search).toBe("?q=visa");
  expect(await screen.findByText("In the resume:")).toBeTruthy();
  expect(server.asked("leads.excerpt")).toEqual([{ leadId: foundInResume.id, q: "visa" }]);
  await user.keyboard("k");
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" })).toBeTruthy();
  expect(location.search).toBe("");
});

test("the search is narrowed by a switch or by a word in the box, and the address says so", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads");
  await table();
  const box = screen.getByRole<HTMLInputElement>("searchbox", { name: "Search leads" });
  await user.type(box, "in:resume visa{Enter}");
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "visa", in: "resume" }));
  expect(location.search).toBe("?q=visa&in=resume");
  await waitFor(() => expect(box.value).toBe("visa"));
  expect(screen.getByRole("radio", { name: "Resumes" }).getAttribute("aria-checked")).toBe("true");
  await waitFor(() => expect(document.querySelector("mark")).toBeNull());
  await user.click(screen.getByRole("radio", { name: "Names and addresses" }));
  await waitFor(() => expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "visa", in: "person" }));
  await user.click(screen.getByRole("radio", { name: "Everywhere" }));
  await waitFor(() => expect(location.search).toBe("?q=visa"));
});

test("nothing in resumes offers to search everywhere", async () => {
  const server = startFakeServer({ "leads.list": () => samplePage([]) });
  const { user } = openApp("/app/leads?q=zymurgy&in=resume");
  expect(await screen.findByText(/^“zymurgy” was searched in resumes\. /)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Search everywhere" }));
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({ q: "zymurgy", in: "everything" }),
  );
  expect(await screen.findByText(/was searched in names, emails and resumes\. /)).toBeTruthy();
});

test("who may not see resumes searches names and emails, whatever the link says", async () => {
  const server = startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
    "leads.list": () => samplePage([]),
  });
  openApp("/app/leads?q=visa&in=resume");
  expect(await screen.findByText("“visa” was searched in names and emails.")).toBeTruthy();
  expect(server.asked("leads.list")).toEqual([expect.objectContaining({ q: "visa", in: "everything" })]);
  expect(screen.queryByRole("radiogroup", { name: "Search in" })).toBeNull();
  expect(screen.getByRole("searchbox").getAttribute("placeholder")).toBe("Name or email");
});
