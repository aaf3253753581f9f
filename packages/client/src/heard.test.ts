import { afterEach, expect, test, vi } from "vitest";
import { createHeard } from "./heard";

afterEach(() => vi.useRealTimers());

test("says the newest that was heard, for a minute", () => {
  vi.useFakeTimers();
  const heard = createHeard();
  expect(heard.upTo()).toBeNull();
  heard.note(500);
  heard.note(400);
  expect(heard.upTo()).toBe(500);
  vi.advanceTimersByTime(59_000);
  expect(heard.upTo()).toBe(500);
  vi.advanceTimersByTime(2_000);
  expect(heard.upTo()).toBeNull();
});
