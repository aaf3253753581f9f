import { expect, test } from "vitest";
import { sampleLead, samplePage } from "../testing/sample-data";
import { readAddress } from "./leads-address";
import { describeRange } from "./leads-footer";

const page = (count: number, total: number, totalIsExact = true) => ({
  items: samplePage(Array.from({ length: count }, () => sampleLead(1))).items,
  nextCursor: null,
  prevCursor: null,
  total,
  totalIsExact,
  page: null,
  lastPage: 1,
});
const place = (address: Parameters<typeof readAddress>[0]) => readAddress(address).place;

test("range of the first and of a later page", () => {
  expect(describeRange(page(25, 1284), place({}))).toBe("1–25 of 1,284");
  expect(describeRange(page(25, 1284), place({ cursor: "c", page: "3" }))).toBe("51–75 of 1,284");
});

test("a capped count says that there are more", () => {
  expect(describeRange(page(25, 1000, false), place({ q: "a" }))).toBe("1–25 of 1,000+");
});

test("a shared link into the middle claims no place in the list", () => {
  expect(describeRange(page(25, 137), place({ cursor: "c" }))).toBe("25 of 137");
});

test("nothing to show", () => {
  expect(describeRange(page(0, 0), place({}))).toBe("0 of 0");
});
