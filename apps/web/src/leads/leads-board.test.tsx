// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleLead, samplePage, sampleTokens } from "../testing/sample-data";

const byStatus = ({ status }: { status?: string | undefined }) =>
  status === "PENDING"
    ? samplePage([sampleLead(1), sampleLead(2)])
    : samplePage([sampleLead(3, { status: "REACHED_OUT" })], { total: 40 });
const column = (name: string) => screen.findByRole("grid", { name });

test("two columns by status, with the same filters as the table", async () => {
  const server = startFakeServer({ "leads.list": byStatus });
  openApp("/app/leads?view=board&unread=true");
  await within(await column("Pending")).findByRole("row", { name: /Lindqvist 1/ });
  expect(within(await column("Pending")).getAllByRole("row")).toHaveLength(2);
  await within(await column("Reached out")).findByRole("row", { name: /Lindqvist 3/ });
  expect(server.asked("leads.list")).toEqual([
    expect.objectContaining({ status: "PENDING", unread: true }),
    expect.objectContaining({ status: "REACHED_OUT", unread: true }),
  ]);
});

test("a card is moved by its button, and the move can be undone", async () => {
  const server = startFakeServer({ "leads.list": byStatus });
  const { user } = openApp("/app/leads?view=board");
  const card = await within(await column("Pending")).findByRole("row", { name: /Lindqvist 2/ });
  await user.click(within(card).getByRole("button", { name: "Mark reached out" }));
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toEqual([
      expect.objectContaining({ leadId: sampleId(2), status: "REACHED_OUT", version: 1 }),
    ]),
  );
  expect(await screen.findByRole("button", { name: /Undo/ })).toBeTruthy();
});

test("setting back to pending asks for the reason", async () => {
  const server = startFakeServer({ "leads.list": byStatus });
  const { user } = openApp("/app/leads?view=board");
  const card = await within(await column("Reached out")).findByRole("row", { name: /Lindqvist 3/ });
  await user.click(within(card).getByRole("button", { name: "Set back to pending" }));
  await user.type(await screen.findByRole("textbox", { name: "Why" }), "Wrong person");
  await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Set back to pending" }));
  await waitFor(() =>
    expect(server.asked("leads.updateStatus")).toEqual([
      expect.objectContaining({ leadId: sampleId(3), status: "PENDING", note: "Wrong person" }),
    ]),
  );
});

test("who may only read sees the board and moves nothing", async () => {
  startFakeServer({
    "leads.list": byStatus,
    "auth.refresh": () => sampleTokens({ role: "READ_ONLY" }),
  });
  openApp("/app/leads?view=board");
  await column("Pending");
  expect(screen.queryByRole("button", { name: "Mark reached out" })).toBeNull();
});
