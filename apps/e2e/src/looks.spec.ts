import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { admin } from "./admin";
import { inEveryLook } from "./every-look";
import { enter, expect, test } from "./fixtures";
import { callAs, letIn, submitLeads } from "./office";

const lastName = `Blick${randomUUID().slice(0, 6)}`;
let leadId = "";
test.beforeAll(async () => {
  [leadId = ""] = await submitLeads(
    ["Anna", "Bela", "Cleo"].map((firstName) => ({
      ...{ firstName, lastName, email: `${firstName}.${lastName}@looks.example` },
    })),
  );
  await callAs(admin).notes.add.mutate({ leadId, noteId: randomUUID(), body: "She calls back on Thursday." });
});

/** Screens that no other journey checks as they stand here; each is reached in a moment. */
const screens: { name: string; address: () => string; show(page: Page): Promise<void> }[] = [
  {
    name: "list with its filters open",
    address: () => `/app/leads?q=${lastName}&status=PENDING`,
    async show(page) {
      await page.getByRole("button", { name: /^Filter/ }).click();
      await expect(page.getByRole("dialog", { name: "Filters" })).toBeVisible();
    },
  },
  {
    name: "lead with a note and its history",
    address: () => `/app/leads/${leadId}`,
    async show(page) {
      await expect(page.getByRole("region", { name: "History" })).toContainText("She calls back");
      await expect(page.getByRole("img", { name: "Page 1 of 1" })).toBeVisible();
    },
  },
  {
    name: "a lead marked, saying how",
    address: () => `/app/leads/${leadId}`,
    async show(page) {
      await expect(page.getByRole("heading", { level: 1, name: /Blick/ })).toBeVisible();
      await page.keyboard.press("Shift+R");
      await expect(page.getByRole("dialog", { name: "How you reached out" })).toBeVisible();
    },
  },
  {
    name: "all keys",
    address: () => "/app/leads",
    async show(page) {
      await expect(page.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog")).toContainText("Keyboard shortcuts");
    },
  },
  {
    name: "command palette",
    address: () => `/app/leads/${leadId}`,
    async show(page) {
      await expect(page.getByRole("heading", { level: 1, name: /Blick/ })).toBeVisible();
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog", { name: "Find or do" }).getByRole("combobox").fill(lastName);
      await expect(page.getByRole("dialog")).toContainText(`Bela ${lastName}`);
    },
  },
  {
    name: "the office's hours",
    address: () => "/app/settings/office",
    show: (page) => expect(page.getByLabel(/^Monday/).first()).toBeVisible(),
  },
  {
    name: "operations",
    address: () => "/app/operations",
    show: (page) => expect(page.getByRole("heading", { name: "Parts" })).toBeVisible(),
  },
  {
    name: "a runbook",
    address: () => "/app/operations/runbooks/mail-failed",
    show: (page) =>
      expect(page.getByRole("heading", { level: 1, name: "Mails were given up" })).toBeVisible(),
  },
];

for (const { name, address, show } of screens)
  test(`axe finds nothing on ${name}, in light at 320 px and in the dark`, async ({
    page,
    expectAccessible,
  }) => {
    await enter(page, address());
    await show(page);
    await inEveryLook(page, expectAccessible);
  });

test("who may only read is told so, and everything there can be used", async ({ page, expectAccessible }) => {
  await enter(page, `/app/leads/${leadId}`, await letIn("Ana Reyes", "READ_ONLY"));
  await expect(page.getByRole("button", { name: /^Mark reached out/ }).first()).toBeDisabled();
  await inEveryLook(page, expectAccessible);
  await page.goto("/app/leads?view=board");
  await expect(page.getByRole("grid", { name: "Pending" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Export" })).toBeHidden();
});
