import { expect, test } from "vitest";
import { createPresence } from "./presence";

/** Two tabs whose messages reach each other at once. */
function openTabs() {
  const clock = { now: 1_000_000 };
  const listeners: ((event: MessageEvent) => void)[] = [];
  let messages = 0;
  const tab = (index: number) =>
    createPresence({
      now: () => clock.now,
      channel: {
        addEventListener: (_type: string, listener: unknown) => {
          listeners[index] = listener as (event: MessageEvent) => void;
        },
        postMessage(data: unknown) {
          messages += 1;
          listeners[1 - index]?.(new MessageEvent("message", { data }));
        },
        close: () => undefined,
      },
    });
  const tabs = [tab(0), tab(1)] as const;
  return { clock, tabs, listeners, countMessages: () => messages };
}

test("a key in one tab counts in all", () => {
  const { clock, tabs } = openTabs();
  clock.now += 600_000;
  expect(tabs.map((tab) => tab.idleSeconds())).toEqual([600, 600]);
  tabs[0].note();
  expect(tabs.map((tab) => tab.idleSeconds())).toEqual([0, 0]);
});

test("a moving mouse tells the others at most once a second", () => {
  const { clock, tabs, countMessages } = openTabs();
  for (let index = 0; index < 100; index += 1) {
    clock.now += 50;
    tabs[0].note();
  }
  expect(countMessages()).toBeLessThanOrEqual(5);
  expect(tabs[1].idleSeconds()).toBeLessThanOrEqual(1);
});

test("news of the future, of the past or of nothing changes nothing", () => {
  const { clock, tabs, listeners } = openTabs();
  clock.now += 5_000;
  for (const data of [1, "soon", null, { at: 5 }]) listeners[0]?.(new MessageEvent("message", { data }));
  expect(tabs[0].idleSeconds()).toBe(5);
  listeners[0]?.(new MessageEvent("message", { data: clock.now + 60_000 }));
  expect(tabs[0].idleSeconds()).toBe(0);
  expect(tabs[0].lastAt()).toBe(clock.now);
});
