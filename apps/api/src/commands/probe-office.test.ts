import { Router } from "express";
import { expect, onTestFinished, test } from "vitest";
import { plainPages } from "../testing/plain-pages";
import { startReceiver } from "../testing/start-receiver";
import { startTestApp } from "../testing/test-app";
import { probe } from "./probe-office";

test("an office that is there is up; one whose storage is away is down, and says what is", async () => {
  let isAway = false;
  const app = await startTestApp({
    wrapStorage: (storage) => ({
      ...storage,
      check: () => (isAway ? Promise.reject(new Error("no disk")) : storage.check()),
    }),
    app: {
      webApps: {
        routes: Router(),
        pages: { ...plainPages, form: () => "<form></form>" },
        hasDevServer: false,
      },
    },
  });
  onTestFinished(() => app.close());
  const up = await probe(new URL(app.baseUrl));
  expect(up).toEqual({ isUp: true, line: expect.stringMatching(/^http:\/\/localhost:\d+ UP in \d+ ms$/) });
  isAway = true;
  const down = await probe(new URL(app.baseUrl));
  expect(down.isUp).toBe(false);
  expect(down.line).toMatch(/ DOWN: storage away \(\d+ ms\)$/);
});

test("something else at the address, or nothing, is down", async () => {
  const other = await startReceiver();
  expect((await probe(new URL(`http://${other.host}`))).line).toMatch(/DOWN: what answers is not the form/);
  await other.close();
  expect(await probe(new URL(`http://${other.host}`))).toEqual({
    isUp: false,
    line: expect.stringMatching(/DOWN: no answer \(ECONNREFUSED\)/),
  });
});
