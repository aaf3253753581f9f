// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";

const account = () => screen.findByRole("button", { name: /account and settings/ });

test("the frame names the person and how many leads wait", async () => {
  startFakeServer({ "leads.totals": () => ({ PENDING: 1200, REACHED_OUT: 0 }) });
  openApp("/app/leads");
  expect((await account()).textContent).toContain("Ana RuizAttorney · London, GMT");
  const nav = screen.getByRole("navigation", { name: "Main" });
  await waitFor(() => expect(nav.textContent).toContain("Leads1,200 pending"));
});

test("a theme chosen in the menu holds at once and in this browser", async () => {
  startFakeServer();
  const { user } = openApp("/app/leads");
  await user.click(await account());
  await user.click(await screen.findByRole("menuitemradio", { name: "Dark" }));
  expect(document.documentElement.dataset.theme).toBe("dark");
  expect(localStorage.getItem("intake-theme")).toBe("dark");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await user.click(await account());
  await user.click(await screen.findByRole("menuitemradio", { name: "Like the system" }));
  expect(document.documentElement.dataset.theme).toBeUndefined();
  expect(localStorage.getItem("intake-theme")).toBeNull();
});

test("? shows the keys, and they can be turned off", async () => {
  startFakeServer();
  const { user } = openApp("/app/leads");
  await account();
  await user.keyboard("?");
  const dialog = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
  expect(dialog.textContent).toContain("Mark reached out");
  await user.click(screen.getByRole("checkbox", { name: /Single-key shortcuts are on/ }));
  await user.click(screen.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await user.keyboard("?");
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(await account());
  await user.click(await screen.findByRole("menuitem", { name: "Keyboard shortcuts" }));
  const box = await screen.findByRole("checkbox", { name: /Single-key shortcuts are on/ });
  expect(box).toHaveProperty("checked", false);
});

test("an address of ours that leads nowhere says so", async () => {
  startFakeServer();
  openApp("/app/nowhere");
  expect(await screen.findByRole("heading", { name: "There is nothing at this address" })).toBeTruthy();
});
