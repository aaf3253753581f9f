import { defineConfig } from "@playwright/test";
import { findBrowser } from "../../scripts/find-browser.mjs";

const browser = await findBrowser();
Object.assign(process.env, browser.env);

export default defineConfig({
  testDir: "src",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  globalSetup: "./global-setup.config.ts",
  // One product with one mailbox is shared: order is part of nothing, but two cores are few.
  workers: 1,
  // Two cores are few for a browser, axe and the product: this ends what hangs, it measures nothing.
  timeout: 90_000,
  expect: { timeout: 10_000 },
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 860 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    launchOptions: { executablePath: browser.executablePath, args: browser.args },
    // A trace costs every test a third of its time; `npm test -- --only=e2e --trace on` records one.
    screenshot: "only-on-failure",
  },
});
