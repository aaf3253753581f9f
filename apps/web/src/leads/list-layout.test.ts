import { listLayoutSchema, startingLayout } from "@intake/core/views/schema";
import { expect, test } from "vitest";
import { fitColumns, moveColumn, resize } from "./list-layout";

test("what everybody starts with is a layout", () => {
  expect(listLayoutSchema.parse(startingLayout)).toEqual(startingLayout);
});

test("columns give way one after the other, status and arrival never", () => {
  expect(fitColumns(startingLayout, 1400)).toEqual(startingLayout.columns);
  expect(fitColumns(startingLayout, 1000)).toEqual([
    "status",
    "respondBy",
    "resume",
    "assignee",
    "createdAt",
  ]);
  expect(fitColumns(startingLayout, 100)).toEqual(["status", "createdAt"]);
  expect(fitColumns(startingLayout, 0)).toEqual(startingLayout.columns);
});

test("a wider column takes the room of another", () => {
  expect(fitColumns(resize(startingLayout, "lastName", 500), 1250)).not.toContain("timeZone");
});

test("widths stay within reason", () => {
  expect(resize(startingLayout, "status", 5).widths.status).toBe(72);
  expect(resize(startingLayout, "status", 5000).widths.status).toBe(640);
});

test("a column moves by one place and stops at the ends", () => {
  expect(moveColumn(startingLayout, "respondBy", -1).columns.slice(0, 2)).toEqual(["respondBy", "status"]);
  expect(moveColumn(startingLayout, "status", -1)).toEqual(startingLayout);
  expect(moveColumn(startingLayout, "createdAt", 1)).toEqual(startingLayout);
});
