// @vitest-environment happy-dom
import type { AuditEntry } from "@intake/core/audit/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { Refusal, startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleTokens } from "../testing/sample-data";

const asAdmin = { "auth.refresh": () => sampleTokens({ role: "ADMIN" }) };

function sampleEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: sampleId(1),
    type: "lead.viewed",
    at: "2026-11-20T09:14:00.000Z",
    actor: { type: "user", name: "Ana Sørensen" },
    lead: { id: sampleId(9), reference: "INT-7K4Q-92FD", name: "Zoë Lindqvist" },
    person: null,
    data: {},
    source: "203.0.113.0/24",
    seal: { position: 7, hash: "a41f09c3".padEnd(64, "0") },
    ...changes,
  };
}

test("tells who did what to whom, from where, under which seal", async () => {
  startFakeServer({
    ...asAdmin,
    "audit.list": () => ({
      items: [
        sampleEntry(),
        sampleEntry({
          id: sampleId(2),
          type: "user.role_changed",
          lead: null,
          person: { id: sampleId(3), name: "Hélène Bézier" },
          data: { from: "INTAKE", to: "READ_ONLY" },
          seal: null,
        }),
        sampleEntry({
          id: sampleId(4),
          type: "unheard.of",
          actor: { type: "system", name: "x" },
          lead: null,
          source: null,
        }),
      ],
      nextCursor: null,
    }),
    "audit.checkChain": () => ({ checked: 7, head: { count: 7, hash: "a" }, problem: null }),
  });
  openApp("/app/audit");
  const [, first, second, third] = within(await screen.findByRole("table", { name: "Audit" })).getAllByRole(
    "row",
  );
  expect(first?.textContent).toMatch(
    /20 Nov 2026.*Ana Sørensen.*Opened a lead.*Zoë Lindqvist.*203\.0\.113\.0\/24.*a41f 09c3/,
  );
  expect(second?.textContent).toMatch(/Changed a role.*Hélène Bézier: Intake → Read only.*Not sealed yet/);
  expect(third?.textContent).toMatch(/System.*unheard of/);
  await screen.findByText(/7 entries, each sealed/);
});

test("filters live in the address, and older pages keep them", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "audit.list": ({ cursor }) => ({ items: [sampleEntry()], nextCursor: cursor ? null : "next" }),
  });
  const { user } = openApp("/app/audit?kind=leads");
  await screen.findByRole("table", { name: "Audit" });
  await user.keyboard("/");
  await user.keyboard("zoe{Enter}");
  await waitFor(() => expect(server.asked("audit.list").at(-1)).toMatchObject({ kind: "leads", q: "zoe" }));
  await user.click(await screen.findByRole("button", { name: "Older" }));
  await waitFor(() => expect(server.asked("audit.list").at(-1)).toMatchObject({ q: "zoe", cursor: "next" }));
  expect(location.search).toBe("?q=zoe&kind=leads&cursor=next");
  await user.click(screen.getByRole("button", { name: "Clear filters" }));
  await waitFor(() => expect(location.search).toBe(""));
});

test("a broken chain is said at once, with its place", async () => {
  startFakeServer({
    ...asAdmin,
    "audit.checkChain": () => ({
      checked: 2,
      head: { count: 2, hash: "a" },
      problem: { kind: "changed", position: 3, eventId: sampleId(1) },
    }),
  });
  openApp("/app/audit");
  expect((await screen.findByRole("alert")).textContent).toMatch(/chain is broken.*entry 3 was changed/);
});

test("what the last nightly check found stands beside it, good or bad", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "audit.checkChain": () => ({ checked: 7, head: { count: 7, hash: "a" }, problem: null }),
    "audit.nightlyCheck": () => ({ at: "2026-11-20T03:23:00.000Z", checked: 6, isWhole: true }),
  });
  const { user } = openApp("/app/audit");
  await screen.findByText(/last nightly check found all 6 entries whole/);
  expect(screen.queryByRole("alert")).toBeNull();
  server.answers["audit.nightlyCheck"] = () => ({
    at: "2026-11-21T03:23:00.000Z",
    checked: 2,
    isWhole: false,
  });
  await user.click(screen.getByRole("button", { name: "Check again" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/fault after 2 entries/);
});

test("a person is chosen from the office; a lead comes by link and can be taken away", async () => {
  const server = startFakeServer({
    ...asAdmin,
    "audit.list": () => ({ items: [sampleEntry()], nextCursor: null }),
  });
  const { user } = openApp(`/app/audit?leadId=${sampleId(9)}`);
  await waitFor(() => expect(screen.getByText(/^Only/).textContent).toBe("Only Zoë Lindqvist"));
  await user.selectOptions(await screen.findByLabelText("Person"), "Jonas Meyer 1");
  await waitFor(() =>
    expect(server.asked("audit.list").at(-1)).toMatchObject({ leadId: sampleId(9), userId: sampleId(101) }),
  );
  await user.click(screen.getByRole("button", { name: "Show every lead" }));
  await waitFor(() => expect(location.search).toBe(`?userId=${sampleId(101)}`));
});

test("nothing matching, a failure and a missing right each have their words", async () => {
  const server = startFakeServer(asAdmin);
  const { user } = openApp("/app/audit?q=nobody");
  await screen.findByRole("heading", { name: "Nothing matches" });
  server.answers["audit.list"] = () => {
    throw new Refusal("SERVICE_UNAVAILABLE", "The database is away.");
  };
  await user.selectOptions(screen.getByLabelText("Kind"), "office");
  await screen.findByRole("heading", { name: "The audit could not be loaded" }, { timeout: 5000 });
});

test("who is no admin sees neither the page nor its link", async () => {
  startFakeServer({ "auth.refresh": () => sampleTokens({ role: "ATTORNEY" }) });
  openApp("/app/audit");
  await screen.findByText("Only admins read the audit.");
  expect(screen.queryByRole("link", { name: "Audit" })).toBeNull();
});
