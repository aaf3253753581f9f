import { readFile } from "node:fs/promises";
import { expect, fixture, test } from "./fixtures";

test("a lead is found by a word inside its resume, shown where, and opened there", async ({
  page,
  login,
  expectAccessible,
}) => {
  test.setTimeout(90_000);
  const lastName = `Reyes${Date.now().toString(36)}`;
  const answer = await page.request.post("/api/leads", {
    multipart: {
      ...{ firstName: "Ines", lastName, email: `${lastName}@search.example` },
      resume: {
        name: "cv.pdf",
        mimeType: "application/pdf",
        buffer: await readFile(fixture("reading/ligatures.pdf")),
      },
    },
  });
  expect(answer.status()).toBe(201);

  await login();
  const search = `${lastName} affidavit`;
  const row = page.getByRole("row", { name: new RegExp(lastName) });
  // The text is read in a job, so it is asked for again until it is there.
  await expect(async () => {
    await page.goto(`/app/leads?q=${encodeURIComponent(search)}`);
    await expect(row.locator("mark", { hasText: "affidavit" })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expect(row).toContainText("In the resume:");
  await expectAccessible();

  const box = page.getByRole("searchbox", { name: "Search leads" });
  await box.fill('in:resume "swiss german"');
  await expect(page).toHaveURL(/in=resume/);
  await expect(box).toHaveValue('"swiss german"');
  await expect(row.locator("mark")).toHaveText("Swiss German");
  await page.getByRole("radio", { name: "Resumes" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/in=person/);
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Search everywhere" }).click();

  await page.getByRole("link", { name: new RegExp(lastName) }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(lastName) })).toBeVisible();
  await expect(page.getByText("In the resume:")).toBeVisible();
  await expect(page).toHaveURL(/\?q=/);
});
