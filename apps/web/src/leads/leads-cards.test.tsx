// @vitest-environment happy-dom
import { screen, within } from "@testing-library/dom";
import { expect, test, vi } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";

test("a phone gets cards instead of a table, and a card opens its lead", async () => {
  vi.stubGlobal("matchMedia", () => Object.assign(new EventTarget(), { matches: true }));
  startFakeServer();
  const { user } = openApp("/app/leads");
  const cards = within(await screen.findByRole("list", { name: "Leads" })).getAllByRole("listitem");
  expect(cards.map((card) => card.textContent)).toEqual([
    "Zoë Lindqvist 1zoe1@example.com20 Nov (20 Nov 2026, 09:14 GMT)PendingPDF, 48 KB",
    "Zoë Lindqvist 2zoe2@example.com20 Nov (20 Nov 2026, 09:14 GMT)PendingPDF, 48 KB",
  ]);
  expect(screen.queryByRole("table")).toBeNull();
  await user.click(screen.getByRole("link", { name: /Lindqvist 1/ }));
  expect(await screen.findByRole("heading", { level: 1, name: "Zoë Lindqvist 1" })).toBeTruthy();
});
