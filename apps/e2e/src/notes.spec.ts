import { randomUUID } from "node:crypto";
import { enter, expect, test } from "./fixtures";
import { letIn, submitLeads } from "./office";

const lastName = `Notiz${randomUUID().slice(0, 6)}`;

test("a note that is being written survives a reload; who is named in it gets a mail that leads there", async ({
  page,
  browser,
  mailbox,
}) => {
  const name = `Jonas ${lastName}`;
  const jonas = await letIn(name, "ATTORNEY");
  const [leadId] = await submitLeads([
    { firstName: "Ida", lastName, email: `ida.${lastName}@notes.example` },
  ]);
  await enter(page, `/app/leads/${leadId}`);
  await expect(page.getByRole("heading", { level: 1, name: `Ida ${lastName}` })).toBeVisible();
  await page.keyboard.press("m");
  await page.keyboard.type(`Speaks Danish. @jonas ${lastName.slice(0, 7)}`);
  await expect(page.getByRole("option", { name: new RegExp(name) })).toBeVisible();
  await page.keyboard.press("Enter");
  const field = page.getByLabel("New note");
  await expect(field).toHaveValue(`Speaks Danish. @${name} `);
  await page.reload();
  await expect(field).toHaveValue(`Speaks Danish. @${name} `);
  await page.keyboard.press("m");
  await page.keyboard.press("Control+Enter");
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("Speaks Danish.");
  await expect(field).toHaveValue("");

  const mail = await mailbox.waitFor({ to: jonas.email, tag: "note-mention" });
  expect(mail.text).not.toContain("Speaks Danish");
  const theirs = await (await browser.newContext()).newPage();
  await enter(theirs, /http\S+\/app\/leads\/[0-9a-f-]{36}/.exec(mail.text)?.[0] ?? "", jonas);
  await expect(theirs.getByRole("region", { name: "History" })).toContainText("Speaks Danish.");
  await theirs.context().close();
});

test("two letters of one person are linked, seen from both, and the link is taken away again", async ({
  page,
}) => {
  const email = `twice.${lastName}@notes.example`;
  const [earlier, later] = await submitLeads([
    { firstName: "Erik", lastName, email },
    { firstName: "Erik", lastName, email },
  ]);
  await enter(page, `/app/leads/${later}`);
  const letters = page.getByRole("region", { name: "Other letters" });
  await expect(letters).toContainText("Wrote before:");
  await expect(letters).toContainText("same email");
  await letters.getByRole("button", { name: "Link the two" }).click();
  await expect(letters).toContainText("Linked");
  await letters.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`${earlier}`));
  await expect(letters).toContainText("Wrote again:");
  await letters.getByRole("button", { name: "Take the link away" }).click();
  await expect(letters.getByRole("button", { name: "Link the two" })).toBeVisible();
  await letters.getByRole("button", { name: "Not the same person" }).click();
  await expect(letters).toContainText("said to be from somebody else");
});
