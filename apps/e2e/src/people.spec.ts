import { admin } from "./admin";
import { expect, test } from "./fixtures";

const person = { email: "zoltan@people.example", name: "Zoltán Nagy", password: "three wise old herons" };

test("an admin invites a person, changes their role and ends their access", async ({
  page,
  browser,
  login,
  mailbox,
  expectAccessible,
}) => {
  await login();
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("link", { name: "People and roles" }).click();
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite a person" });
  await expectAccessible();
  await dialog.getByLabel("Email").fill(person.email);
  await dialog.getByLabel("Role").selectOption("Read only");
  await page.keyboard.press("Enter");
  const row = page.getByRole("table", { name: "People" }).getByRole("row", { name: person.email });
  await expect(row).toContainText("Invited");
  await row.getByLabel(`Role of ${person.email}`).selectOption("Intake");
  await expect(page.getByText(`${person.email} is now invited as Intake.`).first()).toBeVisible();
  await expectAccessible();

  const mail = await mailbox.waitFor({ to: person.email, tag: "invitation" });
  const link = /http\S+\/app\/invitation#\S+/.exec(mail.text)?.[0] ?? "";
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(link);
  await expect(theirs.getByText(`Your role: Intake. You sign in with ${person.email}.`)).toBeVisible();
  await theirs.getByLabel("Your name").fill(person.name);
  await theirs.getByLabel("Password", { exact: true }).fill("password password");
  await expect(theirs.getByText(/Leave out “password”/)).toBeVisible();
  await theirs.getByLabel("Password", { exact: true }).fill(person.password);
  await expect(theirs.getByText("This password can be used.")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(theirs.getByRole("region", { name: /^Six numbers/ })).toBeVisible();

  await theirs.goto("/app/settings/people");
  await expect(theirs.getByText("Only admins manage people.")).toBeVisible();
  await page.reload();
  await page.getByLabel(`Role of ${person.name}`).selectOption("Admin");
  await expect(page.getByText(`${person.name} is now Admin.`).first()).toBeVisible();
  await theirs.goto("/app/settings/people");
  await expect(theirs.getByRole("table", { name: "People" })).toBeVisible();
  await expect(theirs.getByLabel("Role of Admin"), "not the last one any more").toBeEnabled();

  // By keyboard alone.
  await page.getByRole("button", { name: `More for ${person.name}` }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Sign out everywhere" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Deactivate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("button", { name: "Deactivate" })).toBeFocused();
  await expectAccessible();
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Deactivated");
  await theirs.reload();
  await expect(theirs).toHaveURL(/\/app\/login/);
  await theirs.getByLabel("Email").fill(person.email);
  await theirs.getByLabel("Password", { exact: true }).fill(person.password);
  await theirs.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(theirs.getByText(/do not fit together/)).toBeVisible();
  await theirs.context().close();
});

test("a forgotten password is replaced through a mail, once", async ({ page, mailbox, expectAccessible }) => {
  await page.goto("/app/login");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expectAccessible();
  await page.getByLabel("Email").fill(admin.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByRole("heading", { name: "Look at your mail" })).toBeVisible();
  const mail = await mailbox.waitFor({ to: admin.email, tag: "password-reset" });
  const link = /http\S+\/app\/reset#\S+/.exec(mail.text)?.[0] ?? "";
  await page.goto(link);
  // The same password again: the other journeys sign in with it.
  await page.getByLabel("New password").fill(admin.password);
  await expectAccessible();
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("heading", { name: "Your new password is set" })).toBeVisible();
  const notice = await mailbox.waitFor({ to: admin.email, tag: "security-notice" });
  expect(notice.text).toContain("Your password was set anew");
  await page.goto("about:blank");
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link has ended" })).toBeVisible();
});
