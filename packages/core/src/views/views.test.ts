import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { submitLead } from "../leads/submit-lead";
import { updateLeadStatus } from "../leads/update-lead-status";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { changeView, deleteView } from "./change-view";
import { getListHabits, keepLayout, noteLook } from "./list-habits";
import { listViews } from "./list-views";
import { pinView } from "./pin-view";
import { saveView } from "./save-view";
import { type ListLayout, startingLayout, viewLimits } from "./schema";

let domain: TestDomain;
let ana: PersonContext;
let jonas: PersonContext;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("INTAKE"));
  jonas = domain.asStaff(await domain.createUser("ATTORNEY"));
  for (const lastName of ["Garcia", "Müller", "Wójcik"]) {
    domain.passSeconds(60);
    const { receipt } = await submitLead(
      domain.ctx,
      await submission({ lastName, email: `${lastName}@x.co` }),
    );
    if (lastName === "Garcia") await updateLeadStatus(ana, { leadId: receipt.id, status: "REACHED_OUT" });
  }
});
afterAll(() => domain.close());

const find = async (ctx: PersonContext, id: string) => (await listViews(ctx)).find((view) => view.id === id);

describe("views", () => {
  test("everybody has six, with counts", async () => {
    const given = (await listViews(ana)).filter((view) => view.owner === null);
    expect(given.map(({ name, count, countIsExact }) => [name, count, countIsExact])).toEqual([
      ["New", 2, true],
      ["Mine", 0, true],
      ["Unassigned", 2, true],
      ["Waiting longest", 2, true],
      ["Past the promise", 0, true],
      ["Reached out this week", 1, true],
    ]);
    expect(given.every((view) => !view.isYours && !view.mayDelete)).toBe(true);
  });

  test("a kept view is its owner's alone, counted and in the rail, until it is shared", async () => {
    const { id } = await saveView(ana, { name: "Müllers", address: "q=muller&page=9", isShared: false });
    expect(await find(ana, id)).toMatchObject({ name: "Müllers", count: 1, isPinned: true, isYours: true });
    expect(await find(jonas, id)).toBeUndefined();
    await expect(pinView(jonas, { viewId: id, isPinned: true })).rejects.toMatchObject({ code: "NOT_FOUND" });

    await changeView(ana, { viewId: id, isShared: true, name: "All Müllers" });
    expect(await find(jonas, id)).toMatchObject({ name: "All Müllers", count: null, isYours: false });
    await pinView(jonas, { viewId: id, isPinned: true });
    expect(await find(jonas, id)).toMatchObject({ isPinned: true, count: 1 });

    await changeView(ana, { viewId: id, isShared: false });
    expect(await find(jonas, id)).toBeUndefined();
    await changeView(ana, { viewId: id, isShared: true });
    expect(await find(jonas, id)).toMatchObject({ isPinned: false });
  });

  test("colleagues can neither change nor delete a shared view, an admin can delete it", async () => {
    const { id } = await saveView(ana, { name: "Shared", address: "", isShared: true });
    await expect(changeView(jonas, { viewId: id, name: "Mine now" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(deleteView(jonas, { viewId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const admin = domain.asStaff(await domain.createUser("ADMIN"));
    await expect(changeView(admin, { viewId: id, name: "Mine now" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect(await find(admin, id)).toMatchObject({ mayDelete: true, isYours: false });
    await deleteView(admin, { viewId: id });
    await expect(deleteView(ana, { viewId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("who may only read keeps views but shares none", async () => {
    const reader = domain.asStaff(await domain.createUser("READ_ONLY"));
    await expect(saveView(reader, { name: "X", address: "", isShared: true })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const { id } = await saveView(reader, { name: "X", address: "", isShared: false });
    await expect(changeView(reader, { viewId: id, isShared: true })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("a colleague's search in resumes counts people for who sees no resumes", async () => {
    const { id } = await saveView(ana, { name: "Visa", address: "q=wojcik&in=resume", isShared: true });
    const reader = domain.asStaff(await domain.createUser("READ_ONLY"));
    await pinView(reader, { viewId: id, isPinned: true });
    expect(await find(reader, id)).toMatchObject({ count: 1 });
  });

  test("an address that no longer fits shows what is left of it", async () => {
    const address = "status=GONE&sort=shoeSize&colour=red&q=wojcik&limit=100000&cursor=x";
    const { id } = await saveView(jonas, { name: "Old", address, isShared: false });
    expect(await find(jonas, id)).toMatchObject({ count: 1, countIsExact: true });
  });

  test("the rail and the shelf have an end", async () => {
    const busy = domain.asStaff(await domain.createUser("INTAKE"));
    for (let number = 1; number <= viewLimits.kept; number += 1)
      await saveView(busy, { name: `View ${number}`, address: "", isShared: false });
    await expect(saveView(busy, { name: "One more", address: "", isShared: false })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    const own = (await listViews(busy)).filter((view) => view.isYours);
    expect(own.filter((view) => view.isPinned).map((view) => view.name)).toEqual(
      Array.from({ length: viewLimits.pinned }, (_, index) => `View ${index + 1}`),
    );
    const last = own.at(-1);
    await expect(pinView(busy, { viewId: String(last?.id), isPinned: true })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await pinView(busy, { viewId: String(own[0]?.id), isPinned: false });
    await pinView(busy, { viewId: String(last?.id), isPinned: true });
    const pinned = (await listViews(busy)).filter((view) => view.isYours && view.isPinned);
    expect(pinned.at(-1)?.name).toBe(`View ${viewLimits.kept}`);
  });

  test("a view nobody has is not found", async () => {
    const viewId = uuidv7();
    await expect(changeView(ana, { viewId, name: "X" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("habits of the list", () => {
  test("a layout is kept per person, an unknown one is as none", async () => {
    expect((await getListHabits(ana)).layout).toEqual(startingLayout);
    const layout: ListLayout = {
      columns: ["createdAt", "reference"],
      widths: { lastName: 300 },
      density: "compact",
    };
    await keepLayout(ana, layout);
    expect((await getListHabits(ana)).layout).toEqual(layout);
    expect((await getListHabits(jonas)).layout).toEqual(startingLayout);
    await domain.ctx.db.prisma.user.update({
      where: { id: ana.actor.user.id },
      data: { listLayout: { columns: ["shoeSize"] } },
    });
    expect((await getListHabits(ana)).layout).toEqual(startingLayout);
  });

  test("what was looked at only moves forward, and not past the present", async () => {
    expect((await getListHabits(ana)).lookedAt).toBeNull();
    await noteLook(ana, { at: "2026-03-02T09:31:00.000Z" });
    await noteLook(ana, { at: "2026-03-02T09:30:00.000Z" });
    expect((await getListHabits(ana)).lookedAt).toBe("2026-03-02T09:31:00.000Z");
    await noteLook(ana, { at: "2099-01-01T00:00:00.000Z" });
    expect((await getListHabits(ana)).lookedAt).toBe(domain.ctx.now().toISOString());
  });
});
