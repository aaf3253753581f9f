import { format } from "node:util";
import { afterEach, beforeEach, expect, vi } from "vitest";

// A stray console.error is a defect that nobody would read otherwise. A test that expects one replaces the spy itself.
let said: string[] = [];

beforeEach(() => {
  said = [];
  vi.spyOn(console, "error").mockImplementation((...parts: unknown[]) => {
    said.push(format(...parts));
  });
});

afterEach(() => {
  expect(said, "console.error was called").toEqual([]);
});
