import { expect, test } from "vitest";
import { createBreaker } from "./breaker";

function setUp() {
  const clock = { now: new Date("2026-03-02T09:30:00.000Z") };
  const breaker = createBreaker({ now: () => clock.now });
  return {
    breaker,
    pass: (seconds: number) => {
      clock.now = new Date(clock.now.getTime() + seconds * 1000);
    },
    ask: (isUp: boolean) =>
      breaker.run(
        async () => isUp,
        (result) => !result,
      ),
  };
}

test("opens after three failures in a row, asks once per pause, and closes at the first answer", async () => {
  const { breaker, pass, ask } = setUp();
  await ask(false);
  await ask(false);
  await ask(true);
  await ask(false);
  await ask(false);
  expect(breaker.state()).toBe("closed");
  await ask(false);
  expect(breaker.state()).toBe("open");
  expect(await ask(true)).toBeNull();
  pass(5);
  expect(await ask(false)).toBe(false);
  pass(9);
  expect(await ask(true)).toBeNull();
  pass(1);
  expect(await ask(true)).toBe(true);
  expect(breaker.state()).toBe("closed");
});

test("the pause grows to a minute at most, and a clock that was set back does not prolong it", async () => {
  const { pass, ask } = setUp();
  for (let failure = 0; failure < 3; failure += 1) await ask(false);
  for (const seconds of [5, 10, 20, 40, 60, 60]) {
    pass(seconds - 1);
    expect(await ask(false)).toBeNull();
    pass(1);
    expect(await ask(false)).toBe(false);
  }
  pass(-3600);
  expect(await ask(true)).toBe(true);
});

test("the failure of a call that was under way when it opened does not lengthen the pause", async () => {
  const { breaker, pass, ask } = setUp();
  let fail = () => {};
  const slow = breaker.run(
    () =>
      new Promise<boolean>((resolve) => {
        fail = () => resolve(false);
      }),
    (isUp) => !isUp,
  );
  for (let failure = 0; failure < 3; failure += 1) await ask(false);
  pass(4);
  fail();
  await slow;
  pass(1);
  expect(await ask(true)).toBe(true);
});

test("lets one probe through at a time", async () => {
  const { breaker, pass, ask } = setUp();
  await Promise.all(Array.from({ length: 40 }, () => ask(false)));
  pass(5);
  let settle = (_isUp: boolean) => {};
  const probe = breaker.run(
    () =>
      new Promise<boolean>((resolve) => {
        settle = resolve;
      }),
    (isUp) => !isUp,
  );
  expect(await ask(true)).toBeNull();
  settle(true);
  expect(await probe).toBe(true);
  expect(breaker.state()).toBe("closed");
});
