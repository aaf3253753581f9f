import { expect, test } from "vitest";
import { carryOver, findPagesInView, fitZoom, pictureWidth, stackPages, stepZoom } from "./page-layout";

const letter = { width: 612, height: 792 };
const wide = { width: 792, height: 612 };
const stack = (zoom = 1, pageCount = 3) => stackPages({ pages: [letter, wide], pageCount, zoom, gap: 20 });

test("pages lie under each other in the size of paper; one whose size is not told is like the last", () => {
  expect(stack()).toEqual({
    places: [
      { top: 0, width: 816, height: 1056 },
      { top: 1076, width: 1056, height: 816 },
      { top: 1912, width: 1056, height: 816 },
    ],
    width: 1056,
    height: 2728,
  });
});

test("the widest page fills the room, but never grows past 125 %", () => {
  expect(fitZoom([letter, wide], 528)).toBe(0.5);
  expect(fitZoom([letter], 4000)).toBe(1.25);
  expect(fitZoom([letter], 0)).toBe(1);
});

test("zooming goes by steps, from wherever it stands, and stops at 50 and 300 %", () => {
  expect(stepZoom(0.93, 1)).toBe(1);
  expect(stepZoom(0.93, -1)).toBe(0.9);
  expect(stepZoom(1, 1)).toBe(1.1);
  expect(stepZoom(3, 1)).toBe(3);
  expect(stepZoom(0.36, -1)).toBe(0.36);
});

test("what is on the screen and one screen around it is near", () => {
  expect(findPagesInView(stack(), { top: 0, height: 500 })).toEqual({ first: 0, last: 0, current: 0 });
  expect(findPagesInView(stack(), { top: 800, height: 500 })).toEqual({ first: 0, last: 1, current: 0 });
  expect(findPagesInView(stack(), { top: 1000, height: 500 })).toEqual({ first: 0, last: 2, current: 1 });
  expect(findPagesInView(stack(), { top: 2228, height: 500 })).toEqual({ first: 1, last: 2, current: 2 });
});

test("before anything is measured the first page is near", () => {
  expect(findPagesInView(stack(), { top: 0, height: 0 })).toEqual({ first: 0, last: 0, current: 0 });
});

test("zooming keeps the line that is being read", () => {
  const next = stack(2);
  expect(carryOver(stack(), next, 528)).toBe(1056);
  expect(carryOver(stack(), next, 1076 + 408)).toBe((next.places[1]?.top ?? 0) + 816);
  expect(carryOver(next, stack(), 0)).toBe(0);
});

test("pictures come in few widths and sharp enough", () => {
  expect(pictureWidth(760, 1)).toBe(800);
  expect(pictureWidth(760, 2)).toBe(1600);
  expect(pictureWidth(830, 1)).toBe(800);
  expect(pictureWidth(3000, 2)).toBe(2400);
});
