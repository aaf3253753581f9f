import { expect, type Page } from "@playwright/test";

/** Runs a check on the page as phones show it in light, with nothing to scroll sideways, and as a desktop shows it in the dark. */
export async function inEveryLook(page: Page, check: (page: Page) => Promise<void>): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1280, height: 860 };
  // No colour is on its way from one look to the next.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize({ width: 320, height: 640 });
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide, "pixels to scroll sideways").toBeLessThanOrEqual(0);
  await check(page);
  await page.setViewportSize(usual);
  await page.emulateMedia({ colorScheme: "dark" });
  await check(page);
  await page.emulateMedia({ colorScheme: "light" });
}
