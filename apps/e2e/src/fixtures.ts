import { resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { admin, type Person } from "./admin";

/** A mail as `/dev/mailbox.json` shows it. */
export interface Mail {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  tag: string;
}

interface Fixtures {
  /** Signs the admin in and shows the list, on the page given or the test's own. */
  login(page?: Page): Promise<void>;
  /** Waits until a mail with this tag to this address is in the mailbox. */
  mailbox: { waitFor(mail: { to: string; tag: string; containing?: string }): Promise<Mail> };
  /** Fails the test on anything axe finds on the page as it is now (detail 4.80). */
  expectAccessible(page?: Page): Promise<void>;
}

export const resumes = {
  pdf: fixture("resume.pdf"),
  doc: fixture("resume.doc"),
  docx: fixture("resume.docx"),
};

export function fixture(name: string): string {
  return resolve(import.meta.dirname, "../../../tests/fixtures/resumes", name);
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this very pattern.
  baseURL: async ({}, use) => use(process.env.INTAKE_URL),

  login: async ({ page }, use) =>
    use(async (target = page) => {
      await enter(target, "/app/leads");
      await expect(target.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();
    }),

  mailbox: async ({ request }, use) =>
    use({
      async waitFor({ to, tag, containing = "" }) {
        let found: Mail | undefined;
        await expect(async () => {
          const mails: Mail[] = await (await request.get("/dev/mailbox.json")).json();
          found = mails.find((mail) => mail.to === to && mail.tag === tag && mail.text.includes(containing));
          expect(found, `a ${tag} mail to ${to}`).toBeDefined();
        }).toPass({ timeout: 20_000 });
        if (!found) throw new Error("unreachable: the expectation above holds");
        return found;
      },
    }),

  expectAccessible: async ({ page }, use) =>
    use(async (target = page) => {
      const { violations } = await new AxeBuilder({ page: target }).analyze();
      expect(
        violations.map(({ id, nodes }) => [
          id,
          nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
        ]),
      ).toEqual([]);
    }),
});

export { expect };

/** Opens a page of the dashboard as somebody who is signed in already; the screen for that has journeys of its own. */
export async function enter(page: Page, address: string, person: Person = admin): Promise<void> {
  const answer = await page.request.post("/api/auth/login", {
    headers: { Origin: process.env.INTAKE_URL ?? "", "X-Requested-With": "intake" },
    data: person,
  });
  expect(answer.status()).toBe(200);
  await page.goto(address);
}

/** Fills the three fields of the public form and chooses the file. */
export async function fillForm(
  page: Page,
  input: { firstName: string; lastName: string; email: string; resume: string },
): Promise<void> {
  await page.getByLabel("First name").fill(input.firstName);
  await page.getByLabel("Last name").fill(input.lastName);
  await page.getByLabel("Email").fill(input.email);
  await page.locator("input[type=file]").setInputFiles(input.resume);
}
