import { randomBytes } from "node:crypto";
import { expect, fillForm, fixture, resumes, test } from "./fixtures";

const person = { firstName: "Zeynep", lastName: "Gökçe", email: "zeynep@form.example", resume: resumes.pdf };
const pdfOf = (bytes: number) => {
  const head = Buffer.from("%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n");
  const tail = Buffer.from("\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  const filling = Buffer.from(randomBytes(Math.ceil(bytes / 2)).toString("hex"));
  return Buffer.concat([head, filling.subarray(0, bytes - head.length - tail.length), tail]);
};

test("the page asks nobody else for anything and tells the limits beforehand (detail 4.81)", async ({
  page,
  baseURL,
}) => {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) foreign.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  await page.goto("/", { waitUntil: "networkidle" });
  await expect(page.getByText("PDF, DOC or DOCX, up to 5 MB")).toBeVisible();
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

test("errors stand at the field and in a summary that takes focus; nothing typed is lost (detail 4.4)", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/");
  await page.getByLabel("First name").fill("Zeynep");
  await page.getByLabel("Email").fill("zeynep");
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "cv.pdf.exe", mimeType: "application/pdf", buffer: Buffer.from("MZ") });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("region", { name: "Three things to fix, then send again" })).toBeFocused();
  await expect(page.getByLabel("First name")).toHaveValue("Zeynep");
  await expect(page.getByLabel("Last name")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible();
  await page.getByRole("link", { name: "Enter your last name." }).click();
  await expect(page.getByLabel("Last name")).toBeFocused();
  await page.getByLabel("Last name").fill("Gökçe");
  await page.getByLabel("Email").fill("zeynep@form.example");
  await page.locator("input[type=file]").setInputFiles(resumes.pdf);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/received\//);
});

test("a refusal by content comes back to the field", async ({ page }) => {
  await page.goto("/");
  await fillForm(page, { ...person, resume: fixture("password-user.pdf") });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText(/needs a password to open/).first()).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
});

test("5,242,880 bytes pass, one more is refused before anything is sent (detail 4.5)", async ({ page }) => {
  await page.goto("/");
  await fillForm(page, { ...person, email: "large@form.example" });
  const choose = (bytes: number) =>
    page
      .locator("input[type=file]")
      .setInputFiles({ name: "large.pdf", mimeType: "application/pdf", buffer: pdfOf(bytes) });
  await choose(5_242_881);
  await expect(page.getByText(/“large.pdf” is .*Choose a file up to 5 MB/).first()).toBeVisible();
  await choose(5_242_880);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(/\/received\//);
});

test("double clicks make one lead; Back and Send again show the first reference (details 4.1, 4.2)", async ({
  page,
  request,
}) => {
  const email = "twice@form.example";
  await page.goto("/");
  await fillForm(page, { ...person, email });
  await page.getByRole("button", { name: "Send" }).dblclick();
  await expect(page).toHaveURL(/\/received\//);
  const first = page.url();
  await page.goBack();
  await fillForm(page, { ...person, email });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page).toHaveURL(first);
  await expect(async () => {
    const mails = await (await request.get("/dev/mailbox.json")).json();
    expect(mails.filter((mail: { to: string }) => mail.to === email)).toHaveLength(1);
  }).toPass();
});

test("without a network nothing is lost, and the retry carries the same key (detail 4.20)", async ({
  page,
  context,
}) => {
  const keys: (string | undefined)[] = [];
  page.on("request", (request) => {
    // What the page counts of its own failures is not a submission.
    if (request.method() === "POST" && request.url().endsWith("/api/leads"))
      keys.push(request.headers()["idempotency-key"]);
  });
  await page.goto("/");
  await fillForm(page, { ...person, email: "offline@form.example" });
  await context.setOffline(true);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "Not sent yet" })).toBeVisible();
  await expect(page.getByText("Everything you typed is still here.").first()).toBeVisible();
  await expect(page.getByLabel("First name")).toHaveValue("Zeynep");
  await context.setOffline(false);
  await expect(page).toHaveURL(/\/received\//, { timeout: 20_000 });
  expect(keys.length).toBeGreaterThan(1);
  expect(new Set(keys).size).toBe(1);
});

test("a running upload shows its progress and can be cancelled (detail 4.14)", async ({ page, context }) => {
  const session = await context.newCDPSession(page);
  await page.goto("/");
  await fillForm(page, person);
  await page
    .locator("input[type=file]")
    .setInputFiles({ name: "large.pdf", mimeType: "application/pdf", buffer: pdfOf(4_000_000) });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 20,
    downloadThroughput: 1e6,
    uploadThroughput: 400_000,
  });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("progressbar")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("progressbar")).toBeHidden();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByLabel("Email")).toHaveValue(person.email);
});

test("a mistyped domain is suggested, not forced (detail 4.16)", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Email").fill("zeynep@gmial.com");
  await page.getByLabel("First name").focus();
  await page.getByRole("button", { name: /gmail\.com/ }).click();
  await expect(page.getByLabel("Email")).toHaveValue("zeynep@gmail.com");
});

test("an unknown receipt says so", async ({ page, expectAccessible }) => {
  const answer = await page.goto(`/received/${"A".repeat(44)}`);
  expect(answer?.status()).toBe(404);
  await expectAccessible();
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on form and receipt, and nothing scrolls sideways at 320 px, ${colorScheme}`, async ({
    page,
    expectAccessible,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto("/");
    await expectAccessible();
    await fillForm(page, { ...person, email: `${colorScheme}@form.example` });
    await expectAccessible();
    await page.getByRole("button", { name: "Send" }).click();
    await expect(page).toHaveURL(/\/received\//);
    await expectAccessible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
