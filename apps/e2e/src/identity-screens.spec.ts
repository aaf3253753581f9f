import { inEveryLook } from "./every-look";
import { expect, test } from "./fixtures";

test("what people meet before they are in can be used by everybody", async ({ page, expectAccessible }) => {
  await page.goto("/app/login");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByLabel("Email")).toBeFocused();
  await inEveryLook(page, expectAccessible);
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(page.getByRole("heading", { name: "Forgot password" })).toBeVisible();
  await page.getByLabel("Email").fill("nobody@people.example");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  await inEveryLook(page, expectAccessible);
  for (const [address, title] of [
    ["/app/reset#ended", "This link has ended"],
    ["/app/invitation#ended", "This invitation has ended"],
    ["/app/setup#used", "This link has been used"],
  ] as const) {
    await page.goto(address);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }
  // They are one frame: the last stands for the three.
  await inEveryLook(page, expectAccessible);
});

test("the office's people, their dialogs and keys can be used by everybody", async ({
  page,
  login,
  expectAccessible,
}) => {
  await login();
  await page.goto("/app/settings/people");
  await expect(page.getByRole("table", { name: "People" })).toBeVisible();
  await inEveryLook(page, expectAccessible);

  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  await expect(dialog.getByLabel("Email")).toBeFocused();
  await inEveryLook(page, expectAccessible);

  // As after ten minutes: the server asks who is there.
  const refusal = { code: "FORBIDDEN", remedy: "step-up", requestId: "e2e" };
  await page.route("**/trpc/people.invite*", (route) =>
    route.fulfill({ status: 403, json: { error: { message: "Confirm", code: -32003, data: refusal } } }),
  );
  await dialog.getByLabel("Email").fill("asked@people.example");
  await dialog.getByRole("button", { name: "Send the invitation" }).click();
  const stepUp = page.getByRole("dialog", { name: "Confirm that it is you" });
  await stepUp.getByLabel("Password", { exact: true }).fill("not the password");
  await stepUp.getByRole("button", { name: "Confirm" }).click();
  await expect(stepUp.getByText("This is not your password.")).toBeVisible();
  await inEveryLook(page, expectAccessible);
});

test("the audit can be used by everybody, narrowed to a person and by days", async ({
  page,
  login,
  expectAccessible,
}) => {
  await login();
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.getByRole("table", { name: "Audit" })).toBeVisible();
  await expect(page.getByText("The chain is unbroken.")).toBeVisible();
  await inEveryLook(page, expectAccessible);
  await page.getByRole("combobox", { name: "Person" }).selectOption("Admin");
  await expect(page).toHaveURL(/userId=/);
  await page.getByLabel(/^From, a day in/).fill("2020-01-01");
  await page.getByLabel(/^To, a day in/).fill("2020-01-02");
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  await inEveryLook(page, expectAccessible);
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(page.getByRole("table", { name: "Audit" })).toBeVisible();
});
