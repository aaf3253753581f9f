import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { admin } from "./admin";
import { test as base, expect, fillForm, resumes } from "./fixtures";
import { startProduct } from "./start-product";

// An office of its own: where many leads arrive within minutes, as from the other journeys, the team hears of them in a digest.
const test = base.extend<object, { office: { baseUrl: string } }>({
  office: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this very pattern.
    async ({}, use) => {
      const office = await startProduct([], { ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password });
      await use(office);
      await office.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ office }, use) => use(office.baseUrl),
});

const people = {
  pdf: { firstName: "Minh Khai", lastName: "Nguyễn Thị", email: "minhkhai@journey.example" },
  doc: { firstName: "Łukasz", lastName: "Wójcik", email: "lukasz@journey.example" },
  docx: { firstName: "María José", lastName: "García-Ñíguez", email: "mj@journey.example" },
};

for (const format of ["pdf", "doc", "docx"] as const) {
  test(`a stranger's ${format.toUpperCase()} becomes a lead that a person reaches out to`, async ({
    page,
    mailbox,
  }) => {
    const person = people[format];
    await page.goto("/");
    await fillForm(page, { ...person, resume: resumes[format] });
    await page.getByRole("button", { name: "Send" }).click();

    await expect(page).toHaveURL(/\/received\/[\w-]+$/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(person.firstName);
    const reference =
      (await page
        .getByText(/^INT-\w{4}-\w{4}$/)
        .first()
        .textContent()) ?? "";
    const facts = page.getByRole("region", { name: "Receipt" });
    await expect(facts).toContainText(person.email);
    await expect(facts).toContainText(`resume.${format}`);
    await page.reload();
    await expect(page.getByText(reference).first()).toBeVisible();

    const receipt = await mailbox.waitFor({ to: person.email, tag: "lead-receipt" });
    expect(receipt.subject).toContain(reference);
    const notice = await mailbox.waitFor({ to: admin.email, tag: "lead-notice", containing: reference });
    expect(notice.replyTo).toBe(person.email);
    const deepLink = /http\S+\/app\/leads\/[0-9a-f-]{36}/.exec(notice.text)?.[0] ?? "";

    await page.goto(deepLink);
    await expect(page).toHaveURL(/\/app\/login/);
    await page.getByLabel("Email").fill(admin.email);
    await page.getByLabel("Password", { exact: true }).fill(admin.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page, "the deep link survives signing in (detail 4.29)").toHaveURL(deepLink);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(person.lastName);

    const history = page.getByRole("region", { name: "History" });
    await expect(history).toContainText("Sent through the form");
    await expect(history).toContainText(`Receipt sent (${person.email})`);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: /Download/ }).click();
    await page.getByRole("button", { name: "Download anyway" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toBe(`resume.${format}`);
    const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(sha256(await readFile(await file.path()))).toBe(sha256(await readFile(resumes[format])));

    await page
      .getByRole("button", { name: /^Mark reached out/ })
      .first()
      .click();
    await expect(page.getByText("Reached out", { exact: true }).first()).toBeVisible();
    await page.reload();
    await expect(page.getByText("Reached out", { exact: true }).first()).toBeVisible();

    await page.goto("/app/leads");
    await page.getByRole("searchbox").fill(person.email);
    await expect(page.getByRole("link", { name: new RegExp(person.lastName) })).toHaveCount(1);
  });
}

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const format of ["pdf", "doc", "docx"] as const) {
    test(`the form takes a ${format.toUpperCase()} as a plain post`, async ({ page, mailbox }) => {
      const email = `plain-${format}@journey.example`;
      await page.goto("/");
      await fillForm(page, { firstName: "Aoife", lastName: "Ní Bhriain", email, resume: resumes[format] });
      await page.getByRole("button", { name: "Send" }).click();
      await expect(page).toHaveURL(/\/received\//);
      await expect(page.getByRole("heading", { level: 1 })).toContainText("Aoife");
      await mailbox.waitFor({ to: email, tag: "lead-receipt" });
    });
  }

  test("errors come back with everything that was typed", async ({ page }) => {
    await page.goto("/");
    await page.getByLabel("First name").fill("Aoife");
    // A browser without JavaScript refuses empty fields by itself; these get past it.
    await page.getByLabel("Last name").fill(" ");
    await page.getByLabel("Email").fill("aoife@gmail");
    await page
      .locator("input[type=file]")
      .setInputFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: Buffer.from("<html>") });
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page.getByText("Enter your last name.").first()).toBeVisible();
    await expect(page.getByText("Complete the part after the @ sign, like gmail.com.").first()).toBeVisible();
    await expect(
      page.getByText(/is called a document but its content is something else/).first(),
    ).toBeVisible();
    await expect(page.getByLabel("First name")).toHaveValue("Aoife");
    await expect(page.getByLabel("Email")).toHaveValue("aoife@gmail");
  });
});
