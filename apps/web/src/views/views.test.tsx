// @vitest-environment happy-dom
import type { ListView } from "@intake/core/views/schema";
import { screen, waitFor, within } from "@testing-library/dom";
import { expect, test } from "vitest";
import { startFakeServer } from "../testing/fake-server";
import { openApp } from "../testing/open-app";
import { sampleId, sampleTokens } from "../testing/sample-data";

const given: ListView = {
  ...{ id: "mine", name: "Mine", address: "status=PENDING&assignee=me", isShared: true, isPinned: true },
  ...{ isYours: false, mayDelete: false, owner: null, count: 9, countIsExact: true },
};
const own: ListView = {
  ...{ id: sampleId(601), name: "Visa", address: "q=visa", isShared: false, isPinned: true },
  ...{ isYours: true, mayDelete: true, owner: "Ana Ruiz", count: 1000, countIsExact: false },
};
const shared: ListView = {
  ...{ ...own, id: sampleId(602), name: "Late ones", address: "late=true&colour=red&sort=shoeSize" },
  ...{ isShared: true, isPinned: false, isYours: false, mayDelete: false, owner: "Jonas Meyer", count: null },
};

const rail = () => screen.findByRole("navigation", { name: "Views" });

test("the rail has pinned views with their counts and leads to them", async () => {
  const server = startFakeServer({ "views.list": () => [given, own, shared] });
  const { user } = openApp("/app/leads");
  const links = within(await rail()).getAllByRole("link");
  expect(links.map((link) => link.textContent)).toEqual(["Mine9", "Visa1,000+"]);
  await user.click(within(await rail()).getByRole("link", { name: /Mine/ }));
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({ status: "PENDING", assignee: "me" }),
  );
  expect(
    within(await rail())
      .getByRole("link", { name: /Mine/ })
      .getAttribute("aria-current"),
  ).toBe("page");
  expect(
    within(await rail())
      .getByRole("link", { name: /Visa/ })
      .getAttribute("aria-current"),
  ).toBeNull();
});

test("what is shown is kept under a name, without the place in it", async () => {
  const server = startFakeServer();
  const { user } = openApp("/app/leads?unread=true&sort=email&page=2&limit=50");
  await user.click(await screen.findByRole("button", { name: "Save view" }));
  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(await screen.findByText("Give the view a name.")).toBeTruthy();
  await user.type(screen.getByRole("textbox", { name: "Name of the view" }), "To read");
  await user.click(screen.getByRole("checkbox", { name: "Share with the office" }));
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() =>
    expect(server.asked("views.save")).toEqual([
      { name: "To read", address: "unread=true&sort=email&limit=50", isShared: true },
    ]),
  );
  expect(await screen.findAllByText("Saved the view “To read”.")).not.toEqual([]);
});

test("one's own views can be replaced and deleted with a way back, others' only pinned", async () => {
  const server = startFakeServer({ "views.list": () => [given, own, shared] });
  const { user } = openApp("/app/leads?status=PENDING");
  await user.click(await screen.findByRole("button", { name: "Views" }));
  await user.click(await screen.findByRole("button", { name: "Put Late ones into the rail" }));
  await waitFor(() => expect(server.asked("views.pin")).toEqual([{ viewId: shared.id, isPinned: true }]));
  expect(screen.queryByRole("button", { name: "More for Late ones" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "More for Visa" }));
  await user.click(screen.getByRole("menuitem", { name: "Replace by what is shown now" }));
  await waitFor(() =>
    expect(server.asked("views.change")).toEqual([{ viewId: own.id, address: "status=PENDING" }]),
  );
  await user.click(screen.getByRole("button", { name: "More for Visa" }));
  await user.click(screen.getByRole("menuitem", { name: "Delete" }));
  await waitFor(() => expect(server.asked("views.delete")).toEqual([{ viewId: own.id }]));
  await user.keyboard("{Escape}");
  await user.click(await screen.findByRole("button", { name: /Undo/ }));
  await waitFor(() =>
    expect(server.asked("views.save")).toEqual([{ name: "Visa", address: "q=visa", isShared: false }]),
  );
});

test("a view whose address no longer fits shows what is left and says so", async () => {
  const server = startFakeServer({ "views.list": () => [{ ...shared, isPinned: true }] });
  const { user } = openApp("/app/leads");
  await user.click(within(await rail()).getByRole("link", { name: /Late ones/ }));
  expect(await screen.findByText(/asks for the sort “shoeSize”/)).toBeTruthy();
  await waitFor(() =>
    expect(server.asked("leads.list").at(-1)).toMatchObject({ late: true, sort: "createdAt" }),
  );
});

test("who may not share is not asked to", async () => {
  startFakeServer({ "auth.refresh": () => sampleTokens({ role: "READ_ONLY" }) });
  const { user } = openApp("/app/leads");
  await user.click(await screen.findByRole("button", { name: "Save view" }));
  expect(await screen.findByRole("textbox", { name: "Name of the view" })).toBeTruthy();
  expect(screen.queryByRole("checkbox", { name: "Share with the office" })).toBeNull();
});
