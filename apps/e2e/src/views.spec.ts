import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { inEveryLook } from "./every-look";
import { enter, expect, test } from "./fixtures";
import { letIn, submitLeads } from "./office";

const tag = randomUUID().slice(0, 6);
const lastName = `Ansicht${tag}`;
const wide = { width: 1440, height: 900 };
test.beforeAll(async () => {
  const names = Array.from({ length: 60 }, (_, index) => `Person${String(index).padStart(2, "0")}`);
  await submitLeads(
    names.map((firstName) => ({ firstName, lastName, email: `${firstName}.${lastName}@views.example` })),
  );
});

const rail = (page: Page) => page.getByRole("navigation", { name: "Views" });

test("a view is kept, shared and taken into a colleague's rail; the usual ones are there for everybody", async ({
  page,
  browser,
  expectAccessible,
}) => {
  await page.setViewportSize(wide);
  await enter(page, `/app/leads?q=${lastName}&status=PENDING`);
  await page.getByRole("button", { name: "Save view" }).click();
  const form = page.getByRole("dialog", { name: "Save this view" });
  await form.getByLabel("Name of the view").fill(`Fair ${tag}`);
  await form.getByLabel("Share with the office").check();
  await inEveryLook(page, expectAccessible);
  await page.setViewportSize(wide);
  await form.getByRole("button", { name: "Save" }).click();
  await expect(rail(page).getByRole("link", { name: `Fair ${tag}` })).toContainText("60");

  const theirs = await (await browser.newContext({ viewport: wide })).newPage();
  await enter(theirs, "/app/leads", await letIn("Sakura Ito", "INTAKE"));
  await expect(rail(theirs)).toContainText("Waiting longest");
  await theirs.getByRole("button", { name: "Views" }).click();
  const views = theirs.getByRole("dialog", { name: "Views" });
  for (const given of ["New", "Mine", "Waiting longest", "Reached out this week"])
    await expect(views.getByRole("link", { name: given })).toBeVisible();
  await expect(views.getByRole("link", { name: `Fair ${tag}` })).toContainText("Admin");
  await inEveryLook(theirs, expectAccessible);
  await theirs.setViewportSize(wide);
  await views.getByRole("button", { name: `Put Fair ${tag} into the rail` }).click();
  await views.getByRole("link", { name: `Fair ${tag}` }).click();
  await expect(theirs.getByText("1–25 of 60")).toBeVisible();
  await expect(rail(theirs).getByRole("link", { name: `Fair ${tag}` })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await theirs.context().close();

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("button", { name: `More for Fair ${tag}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(rail(page).getByRole("link", { name: `Fair ${tag}` })).toBeHidden();
});

test("how somebody lays out the list waits for them in another browser, and only for them", async ({
  page,
  browser,
  expectAccessible,
}) => {
  const eero = await letIn("Eero Salonen", "ATTORNEY");
  await enter(page, `/app/leads?q=${lastName}`, eero);
  const columns = (of: Page) => of.getByRole("columnheader");
  await expect(columns(page).first()).toBeVisible();
  const usual = await columns(page).allTextContents();
  await page.getByRole("button", { name: "Columns and row height" }).click();
  const menu = page.getByRole("dialog", { name: "Columns and row height" });
  const compact = menu.getByLabel("Compact");
  await compact.click();
  await expect(compact).toBeChecked();
  const assignee = menu.getByRole("checkbox", { name: "With", exact: true });
  await assignee.click();
  await expect(assignee).not.toBeChecked();
  await menu.getByRole("button", { name: "Move Received forward" }).click();
  await inEveryLook(page, expectAccessible);
  await expect(columns(page)).not.toHaveText(usual);
  const own = await columns(page).allTextContents();

  const elsewhere = await (await browser.newContext()).newPage();
  await enter(elsewhere, `/app/leads?q=${lastName}`, eero);
  await expect(columns(elsewhere)).toHaveText(own);
  await elsewhere.context().close();
  const ruths = await (await browser.newContext()).newPage();
  await enter(ruths, `/app/leads?q=${lastName}`);
  await expect(columns(ruths)).toHaveText(usual);
  await ruths.context().close();
});

test("Back brings the scroll and the row back, and so does a reload", async ({ page }) => {
  await enter(page, `/app/leads?q=${lastName}&limit=100&sort=firstName&order=asc`);
  const row = page.getByRole("row", { name: /Person45/ });
  await expect(page.getByText("1–60 of 60")).toBeVisible();
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    await expect(row).toBeInViewport({ timeout: 200 });
  }).toPass();
  const scrolled = await page.evaluate(() => scrollY);
  expect(scrolled).toBeGreaterThan(500);
  await row.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1, name: /Person45/ })).toBeVisible();
  const isBack = async () => {
    await expect(row).toBeInViewport();
    expect(Math.abs((await page.evaluate(() => scrollY)) - scrolled)).toBeLessThan(60);
  };
  await page.keyboard.press("Escape");
  await expect(row.getByRole("link")).toBeFocused();
  await isBack();
  await page.reload();
  await isBack();
});
