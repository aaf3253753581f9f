// @vitest-environment happy-dom
import type { LeadEvent } from "@intake/core/leads/schema";
import type { Claim } from "@intake/core/presence/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { beforeEach, expect, type MockInstance, test, vi } from "vitest";
import { sampleClaim } from "../testing/fake-news";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleEvent, sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";
import * as contact from "./contact";

const address = `/app/leads/${sampleId(1)}`;
const heading = () => screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" });
const jonas = { type: "user", name: "Jonas Meyer", isYou: false } as const;
const you = { type: "user", name: "Ana Ruiz", isYou: true } as const;
const theirs: Partial<Claim> = { holder: { id: sampleId(101), name: "Jonas Meyer" }, isYours: false };
let openMail: MockInstance<typeof contact.openMail>;
beforeEach(() => {
  openMail = vi.spyOn(contact, "openMail").mockReturnValue();
});

function statusEvent(number: number, at: string, changes: Partial<LeadEvent>): LeadEvent {
  return sampleEvent(number, { type: "lead.status_changed", status: "REACHED_OUT", at, ...changes });
}

test("who begins to write holds the lead first; marking it lets go", async () => {
  const server = startFakeServer();
  const { user } = openApp(address);
  await heading();
  server.answers["presence.company"] = () => ({ people: [], claim: sampleClaim() });
  await user.keyboard("e");
  await screen.findByText(/^You hold it until \d\d:\d\d/);
  expect(openMail).toHaveBeenCalledOnce();
  expect(server.asked("presence.claim")).toEqual([{ leadId: sampleId(1) }]);
  await user.keyboard("r");
  await waitFor(() => expect(server.asked("presence.release")).toEqual([{ leadId: sampleId(1) }]));
});

test("writing and marking ask first while a colleague holds the lead, and are not blocked", async () => {
  const claim = sampleClaim(theirs);
  const company = () => ({ people: [], claim });
  const server = startFakeServer({ "presence.company": company, "presence.stay": company });
  const { user } = openApp(address);
  await screen.findByRole("alert");
  await user.click(screen.getByRole("link", { name: /^Write/ }));
  const asked = await screen.findByRole("dialog", { name: /^Jonas Meyer holds it until \d\d:\d\d$/ });
  await user.click(within(asked).getByRole("button", { name: "Leave it to Jonas Meyer" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(openMail).not.toHaveBeenCalled();

  await user.keyboard("r");
  await user.click(await screen.findByRole("button", { name: "Mark it all the same" }));
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toMatchObject([{ status: "REACHED_OUT", version: 1 }]),
  );
  expect(server.asked("presence.claim")).toEqual([]);
});

test("of two who begin at the same moment the second is asked, too", async () => {
  const server = startFakeServer({ "presence.claim": () => sampleClaim(theirs) });
  const { user } = openApp(address);
  await heading();
  await user.keyboard("e");
  const asked = await screen.findByRole("dialog", { name: /^Jonas Meyer holds it/ });
  expect(openMail).not.toHaveBeenCalled();
  await user.click(within(asked).getByRole("button", { name: "Write all the same" }));
  await waitFor(() => expect(openMail).toHaveBeenCalledOnce());
  expect(server.asked("presence.claim")).toHaveLength(1);
});

test("a hold that cannot be taken keeps nobody from writing", async () => {
  startFakeServer({
    "presence.claim": () => {
      throw new Refusal("SERVICE_UNAVAILABLE", "The database is busy.");
    },
  });
  const { user } = openApp(address);
  await heading();
  await user.keyboard("e");
  await waitFor(() => expect(openMail).toHaveBeenCalledOnce());
});

test("who may only read writes without holding", async () => {
  const server = startFakeServer({
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY", seesResumes: false }),
  });
  const { user } = openApp(address);
  await heading();
  expect(screen.queryByRole("button", { name: "Hold while I write" })).toBeNull();
  await user.keyboard("e");
  await waitFor(() => expect(openMail).toHaveBeenCalledOnce());
  expect(server.asked("presence.claim")).toEqual([]);
});

test("what somebody else changed while the lead is open is said once, and one's own change ends it", async () => {
  const opened = [sampleEvent(1)];
  const server = startFakeServer({ "leads.events": () => opened });
  openApp(address);
  await heading();
  await screen.findByText("Sent through the form", { exact: false });
  expect(screen.queryByText(/marked this/)).toBeNull();
  const theirChange = statusEvent(2, "2026-11-20T10:00:00.000Z", { actor: jonas });
  server.answers["leads.events"] = () => [theirChange, ...opened];
  server.answers["leads.byId"] = () => sampleLead(1, { status: "REACHED_OUT", version: 2 });
  const news = { leadId: sampleId(1), kinds: ["changed" as const] };
  server.tell({ changes: [news], isMany: false });
  const said = await screen.findByText("Jonas Meyer marked this reached out.");
  expect(said.getAttribute("role")).toBe("status");
  // The clock beside it moves on, so it stands outside of what is announced.
  expect(said.querySelector("time")).toBeNull();
  const ownChange = statusEvent(3, "2026-11-20T10:01:00.000Z", { status: "PENDING", actor: you });
  server.answers["leads.events"] = () => [ownChange, theirChange, ...opened];
  server.tell({ changes: [news], isMany: false });
  await waitFor(() => expect(screen.queryByText(/Jonas Meyer marked this/)).toBeNull());
});

test("Shift-U makes a lead new again, here and in the list, and leaves its status alone", async () => {
  const server = startFakeServer({
    "leads.list": () => samplePage([{ ...sampleLead(1), isUnread: true }, sampleLead(2)]),
    "leads.byId": () => sampleLead(1, { status: "REACHED_OUT" }),
  });
  const { user } = openApp("/app/leads");
  await user.click(await screen.findByRole("link", { name: /Lindqvist 1 ?, unread/ }));
  await heading();
  await waitFor(() => expect(server.asked("marks.set")).toEqual([{ leadIds: [sampleId(1)], isRead: true }]));
  await user.keyboard("{Shift>}u{/Shift}");
  await screen.findAllByText("Marked unread, for you alone.");
  expect(server.asked("marks.set").at(-1)).toEqual({ leadIds: [sampleId(1)], isRead: false });
  expect(server.asked("leads.updateStatus")).toEqual([]);
  await user.click(screen.getByRole("button", { name: "More" }));
  await user.click(await screen.findByRole("menuitem", { name: "Mark unread" }));
  await waitFor(() => expect(server.asked("marks.set")).toHaveLength(3));
});

test("a lead that was opened is read in the list at once, before the list is asked for again", async () => {
  const server = startFakeServer({
    "leads.list": () => samplePage([{ ...sampleLead(1), isUnread: true }, sampleLead(2)]),
  });
  const { user } = openApp("/app/leads");
  await user.click(await screen.findByRole("link", { name: /Lindqvist 1 ?, unread/ }));
  await heading();
  await waitFor(() => expect(server.asked("marks.set")).toHaveLength(1));
  const lists = server.asked("leads.list").length;
  await user.keyboard("{Escape}");
  expect(await screen.findByRole("link", { name: /Lindqvist 1/ })).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole("link", { name: /Lindqvist 1 ?, unread/ })).toBeNull());
  expect(server.asked("leads.list")).toHaveLength(lists);
  await user.keyboard("{Shift>}u{/Shift}");
  await waitFor(() => expect(server.asked("marks.set").at(-1)).toMatchObject({ isRead: false }));
  expect(await screen.findByRole("link", { name: /Lindqvist 1 ?, unread/ })).toBeTruthy();
});
