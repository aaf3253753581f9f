// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleRelated } from "../testing/sample-colleagues";
import { sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const address = `/app/leads/${sampleId(1)}`;
const heading = (number = 1) => screen.findByRole("heading", { level: 1, name: `Zoë Lindqvist ${number}` });
const jonas = { id: sampleId(101), name: "Jonas Meyer" };

test("A opens the picker, oneself first and who is away last; typing and Enter assign", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await screen.findByRole("button", { name: /^With Nobody yet ?\. Assign/ });
  await user.keyboard("a");
  const items = await screen.findAllByRole("menuitem");
  expect(items.map((item) => item.textContent)).toEqual([
    expect.stringContaining("Ana Ruiz (you)"),
    expect.stringContaining("Jonas Meyer"),
    expect.stringMatching(/Olena Kovalʹ.*away until 30 Nov 2026/),
  ]);
  // Browsers put the focus there; this DOM does not know how.
  await user.type(screen.getByRole("searchbox", { name: "Find a colleague" }), "jona");
  await waitFor(() => expect(screen.getAllByRole("menuitem")).toHaveLength(1));
  await user.keyboard("{Enter}");
  expect(await screen.findByRole("button", { name: /^With Jonas Meyer ?\. Assign/ })).toBeTruthy();
  await waitFor(() =>
    expect(server.asked("leads.assign")).toEqual([
      { leadId: sampleId(1), assigneeId: jonas.id, formerId: null },
    ]),
  );
  expect((await screen.findAllByText("Zoë Lindqvist 1 is with Jonas Meyer.")).length).toBeGreaterThan(0);
  await user.keyboard("u");
  await waitFor(() =>
    expect(server.asked("leads.assign").at(-1)).toEqual({
      ...{ leadId: sampleId(1), assigneeId: null, formerId: jonas.id },
    }),
  );
  expect(await screen.findByRole("button", { name: /^With Nobody yet ?\. Assign/ })).toBeTruthy();
});

test("somebody who was faster stays, and is named", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await user.click(await screen.findByRole("button", { name: /^With Nobody yet ?\. Assign/ }));
  const theirs = sampleLead(1, { version: 2, assignee: jonas });
  server.answers["leads.byId"] = () => theirs;
  server.answers["leads.assign"] = () => {
    throw new Refusal("CONFLICT", "Somebody put Jonas Meyer in charge meanwhile.", { current: theirs });
  };
  await user.click(await screen.findByRole("menuitem", { name: /Ana Ruiz/ }));
  expect(
    (await screen.findAllByText(/^Somebody put Jonas Meyer in charge meanwhile\./)).length,
  ).toBeGreaterThan(0);
  expect(await screen.findByRole("button", { name: /^With Jonas Meyer ?\. Assign/ })).toBeTruthy();
});

test("who left still stands there, and says so", async () => {
  startFakeServer({
    "leads.byId": () =>
      sampleLead(1, { assignee: { id: sampleId(199), name: "Walter Calder", hasLeft: true } }),
  });
  openApp(address);
  expect(await screen.findByRole("button", { name: /^With Walter Calder \(left\) ?\. Assign/ })).toBeTruthy();
});

test("an assignment in between does not stop a change of status", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await heading();
  server.answers["leads.updateStatus"] = ({ status, version }) => {
    if (version === 1)
      throw new Refusal("CONFLICT", "Changed.", { current: sampleLead(1, { version: 2, assignee: jonas }) });
    return sampleLead(1, { status, version: 3, assignee: jonas });
  };
  await user.keyboard("r");
  expect(await screen.findByRole("button", { name: /^Undo/ })).toBeTruthy();
  expect(server.asked("leads.updateStatus")).toMatchObject([{ version: 1 }, { version: 2 }]);
  expect(screen.queryByText(/Your change is not saved/)).toBeNull();
});

test("setting back what was reached long ago asks why", async () => {
  const server = startFakeServer({
    "leads.byId": () => sampleLead(1, { status: "REACHED_OUT", version: 4 }),
  });
  const { user } = openApp(address);
  await heading();
  await user.keyboard("u");
  const dialog = await screen.findByRole("dialog", { name: "Set Zoë Lindqvist 1 back to pending" });
  await user.click(within(dialog).getByRole("button", { name: "Set back to pending" }));
  expect(within(dialog).getByText("Say in a few words why.")).toBeTruthy();
  expect(server.asked("leads.updateStatus")).toEqual([]);
  await user.type(within(dialog).getByRole("textbox", { name: "Why" }), "Wrong person");
  await user.click(within(dialog).getByRole("button", { name: "Set back to pending" }));
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toEqual([
      { leadId: sampleId(1), status: "PENDING", note: "Wrong person", version: 4 },
    ]),
  );
});

test("an earlier letter with its outcome can be linked, and that taken back", async () => {
  const server = startFakeServer({ "relations.list": () => [sampleRelated()] });
  const { user } = openApp(address);
  const letters = await screen.findByRole("region", { name: "Other letters" });
  expect(letters.textContent).toContain(
    "Wrote before: 3 May 2026, same email. Jonas Meyer reached out the same day.",
  );
  expect(within(letters).getByRole("link", { name: "INT-5TQ8-M2XA" }).getAttribute("href")).toBe(
    `/app/leads/${sampleId(50)}`,
  );
  server.answers["relations.list"] = () => [sampleRelated({ decision: "SAME_PERSON" })];
  await user.click(within(letters).getByRole("button", { name: "Link the two" }));
  expect(await screen.findByText("Linked")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Take the link away" }));
  await waitFor(() =>
    expect(server.asked("relations.decide")).toEqual([
      { leadId: sampleId(1), otherId: sampleId(50), kind: "SAME_PERSON" },
      { leadId: sampleId(1), otherId: sampleId(50), kind: null },
    ]),
  );
});

test("who is said to be somebody else is folded away, not gone", async () => {
  startFakeServer({ "relations.list": () => [sampleRelated({ decision: "NOT_SAME" })] });
  const { user } = openApp(address);
  await user.click(
    await screen.findByRole("button", { name: "1 letter said to be from somebody else: show" }),
  );
  expect(screen.getByRole("region", { name: "Other letters" }).textContent).toContain("Somebody else:");
  expect(screen.getByRole("button", { name: "Take that back" })).toBeTruthy();
});

test("who may only read sees the letters and cannot decide or assign", async () => {
  startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
    "relations.list": () => [sampleRelated()],
  });
  openApp(address);
  const letters = await screen.findByRole("region", { name: "Other letters" });
  expect(within(letters).queryByRole("button")).toBeNull();
  expect(screen.queryByRole("button", { name: /Assign/ })).toBeNull();
});

test("K before the first row of a page goes to the last of the page before", async () => {
  startFakeServer({
    "leads.list": (input) =>
      input.cursor === "back"
        ? samplePage([sampleLead(3), sampleLead(4)], { total: 4, page: 1, nextCursor: "here" })
        : samplePage([sampleLead(1), sampleLead(2)], { total: 4, page: 2, prevCursor: "back" }),
    "leads.byId": ({ leadId }) => sampleLead(Number(leadId.slice(-2))),
  });
  const { user } = openApp("/app/leads?cursor=here&page=2&limit=2");
  await user.click(await screen.findByRole("link", { name: /Lindqvist 1/ }));
  await heading(1);
  expect(screen.getByText("3 of 4")).toBeTruthy();
  await user.keyboard("k");
  await heading(4);
  expect(screen.getByText("2 of 4")).toBeTruthy();
  await user.keyboard("k");
  await heading(3);
  expect(screen.getByRole("button", { name: "Previous lead, K" })).toHaveProperty("disabled", true);
  await user.keyboard("jjj");
  await heading(2);
  expect(screen.getByText("4 of 4")).toBeTruthy();
});

test("the promise and the prospect's clock", async () => {
  const soon = new Date(Date.now() + 90 * 60_000 + 5_000).toISOString();
  startFakeServer({
    "leads.byId": () =>
      sampleLead(1, {
        createdAt: new Date(Date.now() - 60_000).toISOString(),
        respondBy: soon,
        timeZone: "Asia/Tokyo",
      }),
  });
  openApp(address);
  expect(await screen.findByText("1 h 30 m left")).toBeTruthy();
  expect(screen.getByRole("region", { name: "Facts" }).textContent).toMatch(
    /\d\d:\d\d in Tokyo, (outside )?office hours/,
  );
});

test("how long it took is said in office hours", async () => {
  startFakeServer({
    "leads.byId": () => sampleLead(1, { status: "REACHED_OUT", responseMinutes: 72 }),
    "leads.events": () => [
      {
        ...{ id: sampleId(501), type: "lead.status_changed", at: "2026-11-20T11:00:00.000Z" },
        ...{ actor: { type: "user", ...jonas, isYou: false }, status: "REACHED_OUT", channel: "PHONE" },
      },
    ],
  });
  openApp(address);
  const line = await screen.findByText(/^By Jonas Meyer, by phone,/);
  expect(line.textContent).toContain("It took 1 h 12 m of office hours.");
  expect(screen.getByRole("region", { name: "Facts" }).textContent).toContain(
    "Not known: their browser did not say",
  );
});
