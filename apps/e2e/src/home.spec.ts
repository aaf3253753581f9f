import { inEveryLook } from "./every-look";
import { expect, test } from "./fixtures";

test("the day begins with what waits, and a file that somebody could not send is counted there", async ({
  page,
  login,
  expectAccessible,
}) => {
  await page.goto("/");
  await page.locator("input[type=file]").setInputFiles({
    ...{ name: "resume.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(6 * 1024 * 1024) },
  });
  await expect(page.getByText(/Choose a file up to 5 MB/).first()).toBeVisible();

  await login();
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("region", { name: "Six numbers, last 30 days" })).toBeVisible();
  // The numbers are up to ten seconds old.
  await expect(async () => {
    await page.reload();
    const reasons = page.getByRole("region", { name: "Why uploads failed" });
    await expect(reasons.getByRole("listitem").filter({ hasText: "Larger than allowed" })).toBeVisible();
  }).toPass({ timeout: 20_000 });

  await page.getByRole("region", { name: "Leads per day" }).getByText("As a table").click();
  await expect(page.getByRole("table", { name: "Leads per day" })).toBeVisible();
  await inEveryLook(page, expectAccessible);

  await page.getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/days=7/);
  await expect(page.getByRole("region", { name: "Six numbers, last 7 days" })).toBeVisible();
});
