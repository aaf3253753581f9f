import { expect, it } from "vitest";
import { createReplicaProgress } from "./replica-progress";

it("is not read before it has shown a moment of the primary", () => {
  const progress = createReplicaProgress(0);
  progress.reached(90);
  expect(progress.isUsable(0, 10)).toBe(false);
  progress.primaryWas({ position: 100, at: 0 }, 90);
  expect(progress.isUsable(0, 10)).toBe(false);
  expect(progress.lagSeconds(4)).toBe(4);
  progress.reached(100);
  expect(progress.isUsable(4, 10)).toBe(true);
  expect(progress.lagSeconds(4)).toBe(0);
});

it("is as far behind as the newest moment of the primary that it shows is old", () => {
  const progress = createReplicaProgress(0);
  for (const [at, position] of [100, 200, 300].entries()) progress.primaryWas({ position, at }, null);
  progress.reached(250);
  expect(progress.lagSeconds(5)).toBe(4);
  expect(progress.shows(250)).toBe(true);
  expect(progress.shows(251)).toBe(false);
  expect(progress.isUsable(11, 10)).toBe(true);
  expect(progress.isUsable(11.1, 10)).toBe(false);
  progress.reached(300);
  expect(progress.isUsable(60, 10)).toBe(true);
});

it("is not read while it is silent, and falls further behind meanwhile", () => {
  const progress = createReplicaProgress(0);
  progress.primaryWas({ position: 100, at: 1 }, null);
  progress.reached(100);
  progress.fellSilent();
  expect(progress.isUsable(1, 10)).toBe(false);
  expect(progress.shows(0)).toBe(false);
  progress.primaryWas({ position: 100, at: 2 }, null);
  expect(progress.lagSeconds(3)).toBe(2);
  progress.reached(100);
  expect(progress.isUsable(3, 10)).toBe(true);
});

it("is not read when it is further than the primary, until it moves", () => {
  const progress = createReplicaProgress(0);
  progress.primaryWas({ position: 100, at: 1 }, null);
  progress.reached(500);
  expect(progress.isUsable(1, 10)).toBe(true);
  progress.primaryWas({ position: 110, at: 2 }, 500);
  expect(progress.isUsable(2, 10)).toBe(false);
  progress.primaryWas({ position: 600, at: 3 }, 500);
  progress.reached(500);
  expect(progress.isUsable(3, 10)).toBe(false);
  progress.reached(600);
  expect(progress.isUsable(3, 10)).toBe(true);
});
