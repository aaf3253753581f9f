import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { admin } from "./admin";
import { inEveryLook } from "./every-look";
import { expect, resumes, test } from "./fixtures";

const warning = (tab: Page) => tab.getByRole("alertdialog", { name: "Are you still there?" });
const signInAgain = (tab: Page) => tab.getByRole("dialog", { name: "Sign in again" });

test("two tabs are warned, end and go on together; what was typed and the address stay", async ({
  context,
  page,
  login,
  request,
  expectAccessible,
}) => {
  const answer = await request.post("/api/leads", {
    multipart: {
      ...{ firstName: "Zoë", lastName: "Sitzung", email: "zoe@session.example" },
      resume: { name: "cv.pdf", mimeType: "application/pdf", buffer: await readFile(resumes.pdf) },
    },
  });
  const lead = `/app/leads/${(await answer.json()).id}`;
  // The tabs' clocks are moved; the server's goes on as ever.
  await context.clock.install();
  const pass = (minutes: number) => context.clock.fastForward(minutes * 60_000);
  await login();
  await page.goto(lead);
  const other = await context.newPage();
  await other.goto("/app/leads");
  await expect(other.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();

  await pass(28.1);
  await expect(warning(page)).toBeVisible();
  await expect(warning(other)).toBeVisible();
  await inEveryLook(other, expectAccessible);
  await other.getByRole("button", { name: "Stay signed in" }).click();
  await expect(warning(page)).toBeHidden();

  await page.getByRole("button", { name: "Mark reached out, saying how" }).click();
  await page.getByRole("dialog").getByLabel("Note").fill("Calls back on Thursday");
  await pass(30.1);
  await expect(signInAgain(page)).toBeVisible();
  await expect(signInAgain(other)).toBeVisible();
  await inEveryLook(other, expectAccessible);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(signInAgain(page)).toBeHidden();
  await expect(page).toHaveURL(lead);
  await page.getByRole("button", { name: "Mark reached out, saying how" }).click();
  await expect(page.getByRole("dialog").getByLabel("Note")).toHaveValue("Calls back on Thursday");
  await expect(signInAgain(other)).toBeHidden();
});

test("two tabs that start at once both stay in, and signing out of one signs out of the other", async ({
  context,
  page,
  login,
}) => {
  await login();
  const other = await context.newPage();
  await other.goto("/app/leads");
  for (let round = 0; round < 3; round += 1) await Promise.all([page.reload(), other.reload()]);
  for (const tab of [page, other])
    await expect(tab.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible({ timeout: 5_000 });
});
