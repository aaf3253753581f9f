// @vitest-environment happy-dom
import { explainDenial } from "@intake/core/auth/policy";
import type { Lead } from "@intake/core/leads/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { NoAnswer, Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleEvent, sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const address = `/app/leads/${sampleId(1)}`;
const heading = () => screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
const press = (name: string | RegExp) => screen.findByRole("button", { name });
/** The badge stands right before the name. */
const status = () => screen.getByRole("heading", { level: 1 }).previousElementSibling?.textContent;
const you = { type: "user", name: "Ana Ruiz", isYou: true } as const;
const sam = { type: "user", name: "Sam Okafor", isYou: false } as const;

function hold<Value>() {
  let settle: (outcome: Value | PromiseLike<Value>) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

test("facts, file and history of a lead", async () => {
  startFakeServer({
    "leads.byId": () => sampleLead(1, { status: "REACHED_OUT" }),
    "leads.events": () => [
      sampleEvent(1, {
        type: "lead.status_changed",
        status: "REACHED_OUT",
        channel: "PHONE",
        actor: sam,
        note: "Call back.",
      }),
      sampleEvent(2, { type: "lead.viewed", actor: you }),
      sampleEvent(3, { type: "lead.viewed", actor: you }),
      sampleEvent(4, {
        type: "mail.sent",
        actor: { type: "system" },
        mail: { kind: "LEAD_RECEIPT", to: "zoe1@example.com" },
      }),
      sampleEvent(5),
    ],
  });
  openApp(address);
  await heading();
  const facts = screen.getByRole("region", { name: "Facts" });
  expect(facts.textContent).toContain("zoe1@example.com");
  expect(facts.textContent).toContain("20 Nov 2026, 09:14 GMT");
  expect(facts.textContent).toContain("INT-7K4Q-0001");
  const resume = screen.getByRole("region", { name: "Resume" });
  expect(resume.textContent).toMatch(/cv-1\.pdf.*Clean.*PDF, 48 KB/);
  expect(facts.textContent).toContain("9F3A 21C7, as on the receipt");
  const history = screen.getByRole("region", { name: "History" });
  await waitFor(() =>
    expect(
      within(history)
        .getAllByRole("listitem")
        .map((line) => line.textContent),
    ).toEqual([
      expect.stringMatching(/^Sam Okafor reached out by phone 20 Nov.*Note: Call back\.$/),
      expect.stringMatching(/^You opened it 2 times, last 20 Nov/),
      expect.stringMatching(/^Receipt sent \(zoe1@example\.com\) 20 Nov/),
      expect.stringMatching(/^Sent through the form 20 Nov/),
    ]),
  );
  expect(screen.getByText(/^By Sam Okafor, by phone,/)).toBeTruthy();
  expect(screen.getByRole("link", { name: /^Write again/ }).getAttribute("href")).toBe(
    "mailto:zoe1@example.com?subject=Your%20letter%20to%20us%20(INT-7K4Q-0001)&body=Dear%20Zo%C3%AB%20Lindqvist%201%2C%0D%0A%0D%0A",
  );
  expect(document.title).toBe("Zoë Lindqvist 1 · Intake");
});

test("U pressed before R is saved takes it back, with the version R made, and is no conflict", async () => {
  const first = hold<Lead>();
  const server = startFakeServer({
    "leads.updateStatus": ({ status: wanted, version }) =>
      version === 1 ? first.promise : sampleLead(1, { status: wanted, version: 3 }),
  });
  const { user } = openApp(address);
  await heading();
  await user.keyboard("r");
  await waitFor(() => expect(status()).toBe("Reached out"));
  await user.keyboard("u");
  await waitFor(() => expect(status()).toBe("Pending"));
  first.settle(sampleLead(1, { status: "REACHED_OUT", version: 2 }));
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toMatchObject([
      { status: "REACHED_OUT", version: 1 },
      { status: "PENDING", version: 2 },
    ]),
  );
  await press(/^Mark reached out(?!,)/);
  expect(status()).toBe("Pending");
  expect(screen.queryByText(/Your change is not saved/)).toBeNull();
});

test("a status shows at once, is saved with the version seen, and can be undone from the toast", async () => {
  const saving = hold<Lead>();
  const server = startFakeServer({ "leads.updateStatus": () => saving.promise });
  const { user } = openApp(address);
  await heading();
  await user.click(await press(/^Mark reached out(?!,)/));
  // Before the server has said anything.
  await waitFor(() => expect(status()).toBe("Reached out"));
  expect(screen.queryByText("Undo")).toBeNull();
  saving.settle(sampleLead(1, { status: "REACHED_OUT", version: 2 }));
  expect(await screen.findByRole("button", { name: /^Undo/ })).toBeTruthy();
  expect(server.asked("leads.updateStatus")).toEqual([
    { leadId: sampleId(1), status: "REACHED_OUT", version: 1 },
  ]);
  server.answers["leads.updateStatus"] = () => sampleLead(1, { version: 3 });
  await user.click(screen.getByRole("button", { name: /^Undo/ }));
  expect((await screen.findAllByText("Undone: Zoë Lindqvist 1 is pending again.")).length).toBeGreaterThan(0);
  expect(status()).toBe("Pending");
  expect(server.asked("leads.updateStatus").at(-1)).toEqual({
    leadId: sampleId(1),
    status: "PENDING",
    version: 2,
  });
  expect(screen.queryByRole("button", { name: /^Undo/ })).toBeNull();
});

test("U takes back the last change while the toast is shown", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await heading();
  await user.keyboard("r");
  await screen.findByRole("button", { name: /^Undo/ });
  await user.keyboard("u");
  await waitFor(() =>
    expect(server.asked("leads.updateStatus").at(-1)).toMatchObject({ status: "PENDING", version: 2 }),
  );
  expect(server.asked("leads.updateStatus")).toHaveLength(2);
});

test("a refused change is taken back and the reason is told with its request number", async () => {
  startFakeServer({
    "leads.updateStatus": () => {
      throw new Refusal("INTERNAL_SERVER_ERROR", "It could not be saved.", { requestId: "req-9" });
    },
  });
  const { user } = openApp(address);
  await heading();
  await user.click(await press(/^Mark reached out(?!,)/));
  expect(await screen.findByText("Request req-9")).toBeTruthy();
  await waitFor(() => expect(status()).toBe("Pending"));
  expect(screen.getAllByText("It could not be saved.").length).toBeGreaterThan(0);
  await user.click(screen.getByRole("button", { name: "Close message" }));
  await waitFor(() => expect(screen.queryByText("It could not be saved.")).toBeNull());
});

test("who comes second sees both values and decides", async () => {
  const theirs = sampleLead(1, { status: "REACHED_OUT", version: 5 });
  const server = startFakeServer();
  const { user } = openApp(address);
  await heading();
  server.answers["leads.updateStatus"] = () => {
    throw new Refusal("CONFLICT", "Somebody changed it.", { current: theirs });
  };
  server.answers["leads.events"] = () => [
    sampleEvent(1, { type: "lead.status_changed", status: "REACHED_OUT", channel: "EMAIL", actor: sam }),
  ];
  server.answers["leads.byId"] = () => theirs;
  await user.click(await press("Mark reached out, saying how"));
  await user.click(await screen.findByRole("radio", { name: "Phone" }));
  await user.type(screen.getByRole("textbox", { name: /^Note for colleagues/ }), "Left a message");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Mark reached out" }));
  expect(
    await screen.findByText(/^Sam Okafor marked this reached out .*Your change is not saved\.$/),
  ).toBeTruthy();
  expect(server.asked("leads.updateStatus")).toEqual([
    { leadId: sampleId(1), status: "REACHED_OUT", channel: "PHONE", note: "Left a message", version: 1 },
  ]);
  const cells = (row: string) =>
    within(screen.getByRole("rowheader", { name: row }).closest("tr") ?? document.body)
      .getAllByRole("cell")
      .map((cell) => cell.textContent);
  expect(cells("Status")).toEqual(["Reached out", "Reached out"]);
  expect(cells("How")).toEqual(["Email", "Phone"]);
  expect(cells("Note")).toEqual(["None", "Left a message"]);
  expect(status()).toBe("Reached out");
  await user.click(screen.getByRole("button", { name: "Keep Sam Okafor’s" }));
  await waitFor(() => expect(screen.queryByText(/Your change is not saved/)).toBeNull());
  expect(server.asked("leads.updateStatus")).toHaveLength(1);
});

test("who may only read sees why nothing can be changed", async () => {
  const server = startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
  });
  const { user } = openApp(address);
  await heading();
  const button = await press(/^Mark reached out(?!,)/);
  expect(button).toHaveProperty("disabled", true);
  const reason = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  expect(reason?.textContent).toBe(explainDenial("leads.update-status"));
  // Copying is for everyone, so its message tells that the key before it has been heard.
  await user.keyboard("rc");
  await screen.findAllByText("Address copied.");
  expect(server.asked("leads.updateStatus")).toEqual([]);
});

test("the address can be copied", async () => {
  startFakeServer();
  const { user } = openApp(address);
  await heading();
  await user.keyboard("c");
  expect((await screen.findAllByText("Address copied.")).length).toBeGreaterThan(0);
  expect(await navigator.clipboard.readText()).toBe("zoe1@example.com");
});

test.each([
  ["missing", () => Promise.reject(new Refusal("NOT_FOUND", "There is no such lead."))],
  ["forbidden", () => Promise.reject(new Refusal("FORBIDDEN", "Not for you."))],
])("a lead that is %s looks the same", async (_, answer) => {
  startFakeServer({ "leads.byId": answer });
  openApp(address);
  expect(
    await screen.findByRole("heading", { name: "This lead does not exist or is not yours to see" }),
  ).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Try again" })).toBeNull();
});

test("an address that cannot be a lead's asks nobody", async () => {
  const server = startFakeServer();
  openApp("/app/leads/not-an-id");
  expect(
    await screen.findByRole("heading", { name: "This lead does not exist or is not yours to see" }),
  ).toBeTruthy();
  expect(server.asked("leads.byId")).toEqual([]);
});

test("a failed lead and a failed history can each be asked again", async () => {
  const fail = () => Promise.reject(new Refusal("INTERNAL_SERVER_ERROR", "Broken.", { requestId: "req-5" }));
  const server = startFakeServer({ "leads.byId": fail, "leads.events": fail });
  const { user } = openApp(address);
  expect(await screen.findByRole("heading", { name: "This lead could not be loaded" })).toBeTruthy();
  expect(screen.getByText(/^Request req-5/)).toBeTruthy();
  server.answers["leads.byId"] = () => sampleLead(1);
  await user.click(await press("Try again"));
  await heading();
  expect(await screen.findByText("The history could not be loaded. Broken. Request req-5.")).toBeTruthy();
  server.answers["leads.events"] = () => [sampleEvent(1)];
  await user.click(await press("Try again"));
  expect(await screen.findByText(/Sent through the form/)).toBeTruthy();
});

test("next and previous follow the list it was opened from, over the end of its page", async () => {
  startFakeServer({
    "leads.list": (input) =>
      input.cursor
        ? samplePage([sampleLead(2)], { total: 2 })
        : samplePage([sampleLead(1)], { total: 2, nextCursor: "on" }),
    "leads.byId": ({ leadId }) => sampleLead(leadId === sampleId(2) ? 2 : 1),
  });
  const { user } = openApp("/app/leads?status=PENDING");
  await user.click(await screen.findByRole("link", { name: /Lindqvist 1/ }));
  await heading();
  expect(screen.getByText("1 of 2")).toBeTruthy();
  const way = screen.getByRole("navigation", { name: "Breadcrumb" });
  expect(way.textContent).toBe("Leads/Pending");
  expect(await press("Previous lead, K")).toHaveProperty("disabled", true);
  await user.click(await press("Next lead, J"));
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 2" })).toBeTruthy();
  expect(screen.getByText("2 of 2")).toBeTruthy();
  await user.keyboard("k");
  await heading();
  await user.click(screen.getByRole("link", { name: "Back to the leads" }));
  await screen.findByRole("table", { name: "Leads" });
  expect(location.search).toBe("?status=PENDING");
});

test("silence is told across the top until something gets through", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await heading();
  const answer = server.answers["leads.updateStatus"];
  server.answers["leads.updateStatus"] = () => Promise.reject(new NoAnswer("no route"));
  await user.click(await press(/^Mark reached out(?!,)/));
  expect(await screen.findByText("Intake does not answer. What you see was loaded before.")).toBeTruthy();
  await waitFor(() => expect(status()).toBe("Pending"));
  server.answers["leads.updateStatus"] = answer;
  await user.click(await press("Try again"));
  await waitFor(() => expect(screen.queryByText(/Intake does not answer/)).toBeNull());
});
