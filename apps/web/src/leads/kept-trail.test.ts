// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { forgetTrail, keepTrail, recallTrail } from "./kept-trail";
import type { LeadTrail } from "./lead-trail";
import { readAddress } from "./leads-address";

beforeEach(() => sessionStorage.clear());

it("keeps a trail for the next load of the tab, and forgets it when told", () => {
  const trail = trailOf(3, 1);
  keepTrail(trail);
  expect(recallTrail()).toEqual(trail);
  forgetTrail();
  expect(recallTrail()).toBeNull();
});

it("keeps of a long trail what is near the current lead, and ends where it was cut", () => {
  keepTrail(trailOf(5_000, 3_000));
  const kept = recallTrail();
  expect(kept?.ids).toHaveLength(2_000);
  expect(kept?.ids).toContain(idOf(3_000));
  expect(kept).toMatchObject({ offset: 2_000, prevCursor: null, nextCursor: null });

  keepTrail(trailOf(5_000, 4_999));
  expect(recallTrail()).toMatchObject({ offset: 3_000, prevCursor: null, nextCursor: "next" });
});

it.each([
  ["no JSON", "{"],
  ["another shape", JSON.stringify({ ids: "all" })],
  ["ids that are none", JSON.stringify({ ...trailOf(2, 0), ids: ["<img>"] })],
  ["a place that the list does not know", JSON.stringify({ ...trailOf(2, 0), place: { sort: "salary" } })],
])("takes %s for no trail", (_what, text) => {
  sessionStorage.setItem("intake-trail", text);
  expect(recallTrail()).toBeNull();
});

function trailOf(length: number, current: number): LeadTrail {
  const address = { status: "PENDING", q: "maría" };
  return {
    address,
    place: readAddress(address).place,
    ids: Array.from({ length }, (_, index) => idOf(index)),
    idsByResume: [idOf(current)],
    nextCursor: "next",
    prevCursor: "previous",
    offset: 0,
    total: length,
    totalIsExact: true,
    currentId: idOf(current),
  };
}

function idOf(index: number): string {
  return `0193f5a0-0000-7000-8000-${String(index).padStart(12, "0")}`;
}
