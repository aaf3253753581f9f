import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Download, Page } from "@playwright/test";
import { openPromise } from "yauzl";
import { inEveryLook } from "./every-look";
import { enter, expect, test } from "./fixtures";
import { submitLeads } from "./office";

/** More than may be changed without typing their number. */
const count = 35;
const lastName = `Bündel${randomUUID().slice(0, 6)}`;
const list = `/app/leads?q=${encodeURIComponent(lastName)}&sort=firstName&order=asc`;
test.beforeAll(async () => {
  const nobody = Array.from({ length: count - 2 }, (_, index) => `Person${index}`);
  await submitLeads(
    ["=HYPERLINK(1)", "花子", ...nobody].map((firstName, index) => ({
      ...{ firstName, lastName, email: `${index}.${lastName.replace("ü", "u").toLowerCase()}@many.example` },
    })),
  );
});

const messages = (page: Page) => page.getByRole("region", { name: "Messages" }).getByRole("status");

test("all that match are marked after their number was typed, by keyboard, and taken back", async ({
  page,
  expectAccessible,
}) => {
  await enter(page, list);
  await expect(page.getByText(`1–25 of ${count}`)).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("toolbar", { name: "Selected leads" });
  await expect(bar).toContainText("1 selected");
  await bar.getByRole("button", { name: `Select all ${count} matching` }).press("Enter");
  await expect(bar).toContainText(`All ${count} matching selected`);
  await inEveryLook(page, expectAccessible);

  await page.keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: `Mark ${count} leads reached out?` });
  await dialog.getByLabel("How").selectOption("Phone");
  const send = dialog.getByRole("button", { name: `Mark ${count} leads` });
  await send.press("Enter");
  await expect(dialog).toContainText(`Type ${count} to show that you mean all of them.`);
  await inEveryLook(page, expectAccessible);
  await dialog.getByLabel(`Type ${count} to go on`).fill(String(count));
  await page.keyboard.press("Enter");

  const line = page.getByRole("region", { name: "Change of many leads" });
  await expect(line).toContainText(`${count} leads marked reached out.`);
  await expect(messages(page)).toContainText(`${count} leads marked reached out.`);
  await expect(bar).toBeHidden();
  const reachedOut = page.getByRole("row").filter({ hasText: "Reached out" }).filter({ hasText: lastName });
  await expect(reachedOut.first()).toBeVisible();
  await page.keyboard.press("u");
  await expect(line).toContainText(`Taken back: ${count} leads as before.`);
  await expect(reachedOut).toHaveCount(0);
});

test("what is shown is exported for Excel and for programs, whole and without formulas", async ({
  page,
  expectAccessible,
}) => {
  await enter(page, list);
  const ask = page.getByRole("button", { name: "Export", exact: true });
  await ask.click();
  const dialog = page.getByRole("dialog", { name: `Export ${count} leads` });
  await expect(dialog).toBeVisible();
  await inEveryLook(page, expectAccessible);
  const save = dialog.getByRole("button", { name: `Export ${count} leads` });

  const workbook = await downloadBy(page, () => save.click());
  expect(workbook.suggestedFilename()).toMatch(/^leads-\d{4}-\d\d-\d\d-35-rows\.xlsx$/);
  const sheet = await readSheet(await workbook.path());
  expect(sheet.match(/<row /g), "a head, the leads and a closing line").toHaveLength(count + 2);
  expect(sheet.split(lastName).length - 1).toBeGreaterThanOrEqual(count);
  expect(sheet).toContain("花子");
  expect(sheet).not.toContain("<f>");
  await expect(messages(page)).toHaveText("The export is complete.");

  await ask.click();
  await dialog.getByLabel(/^CSV for Excel/).check();
  const csv = await downloadBy(page, () => save.click());
  const content = await readFile(await csv.path(), "utf8");
  expect(content.startsWith("\uFEFF")).toBe(true);
  expect(content.match(/^"INT-/gm)).toHaveLength(count);
  expect(content).toContain(`"'=HYPERLINK(1)"`);
});

async function downloadBy(page: Page, act: () => Promise<void>): Promise<Download> {
  const download = page.waitForEvent("download");
  await act();
  return download;
}

/** The first sheet of a workbook, as XML. */
async function readSheet(path: string): Promise<string> {
  const workbook = await openPromise(path);
  for await (const entry of workbook.eachEntry())
    if (entry.fileName === "xl/worksheets/sheet1.xml")
      return text(await workbook.openReadStreamPromise(entry));
  throw new Error("The workbook has no first sheet.");
}
