import { expect, test } from "vitest";
import {
  changePlace,
  clearFilters,
  describeIgnored,
  isFiltered,
  pickAddress,
  readAddress,
  toAddress,
  toQuery,
} from "./leads-address";

test("an empty address is the newest leads, 25 at a time", () => {
  const { place, ignored } = readAddress({});
  expect(ignored).toEqual([]);
  expect(toQuery(place)).toEqual({ sort: "createdAt", order: "desc", limit: 25, in: "everything" });
});

test("keeps known parameters as text, whatever the router made of them", () => {
  expect(pickAddress({ q: 123, status: "PENDING", utm_source: "mail", limit: 50, cursor: "" })).toEqual({
    q: "123",
    status: "PENDING",
    limit: "50",
  });
});

test("a wrong value falls back alone and is named with what stood there", () => {
  const address = { status: "FOO", sort: "lastName", limit: "100000", q: "garcia" };
  const { place, ignored } = readAddress(address);
  expect(toQuery(place)).toEqual({
    q: "garcia",
    sort: "lastName",
    in: "everything",
    order: "desc",
    limit: 25,
  });
  expect(ignored.toSorted()).toEqual(["limit", "status"]);
  const sentence = describeIgnored(ignored, address);
  expect(sentence).toContain("status “FOO”");
  expect(sentence).toContain("page size “100000”");
});

test("a very long wrong value is cut in the sentence", () => {
  const address = { status: "x".repeat(500) };
  expect(describeIgnored(readAddress(address).ignored, address).length).toBeLessThan(160);
});

test("defaults stay out of the address and come back from it", () => {
  const place = readAddress({ q: "a b", order: "asc", limit: "25", page: "1" }).place;
  expect(toAddress(place)).toEqual({ q: "a b", order: "asc" });
  expect(readAddress(toAddress(place)).place).toEqual(place);
});

test("another filter starts at the first page again", () => {
  const place = readAddress({ cursor: "abc", page: "3", q: "x", limit: "50" }).place;
  expect(changePlace(place, { status: "PENDING" })).toEqual({ q: "x", limit: "50", status: "PENDING" });
});

test("clearing filters keeps sort and page size", () => {
  const place = readAddress({
    q: "x",
    status: "PENDING",
    sort: "email",
    limit: "100",
    createdFrom: "2026-11-01",
  }).place;
  expect(isFiltered(place)).toBe(true);
  expect(clearFilters(place)).toEqual({ sort: "email", limit: "100" });
  expect(isFiltered(readAddress(clearFilters(place)).place)).toBe(false);
});

test("the page's number labels the list and is not part of the question", () => {
  expect(toQuery(readAddress({ cursor: "abc", page: "3" }).place)).not.toHaveProperty("page");
});
