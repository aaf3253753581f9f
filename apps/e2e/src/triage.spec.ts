import type { Page } from "@playwright/test";
import { admin } from "./admin";
import { expect, test } from "./fixtures";
import { callAs, submitLeads } from "./office";

const firstNames = [
  "Amélie",
  "Bartosz",
  "Chidi",
  "Dolores",
  "Eero",
  "Fatima",
  "Goran",
  "Hanneke",
  "Inés",
  "Jun",
];
const lastNames = ["Okafor", "Sørensen", "Nguyễn", "Kowalska", "de la Cruz"];
const pressesAllowed = 5;

/** Everybody else has been answered: the fifty are all there is to do. */
test.beforeAll(async () => {
  test.setTimeout(120_000);
  const office = callAs(admin);
  for (;;) {
    const { items } = await office.leads.list.query({ status: "PENDING", limit: 100 });
    for (const lead of items)
      await office.leads.updateStatus.mutate({
        ...{ leadId: lead.id, version: lead.version, status: "REACHED_OUT" },
      });
    if (items.length === 0) break;
  }
  await submitLeads(
    lastNames.flatMap((lastName, family) =>
      firstNames.map((firstName, index) => ({
        ...{ firstName, lastName, email: `triage.${family}.${index}@inbox.example` },
      })),
    ),
  );
});

test("fifty leads are opened, read and marked without a mouse, in at most five key presses each", async ({
  page,
}) => {
  test.setTimeout(240_000);
  await watchPointer(page);
  const keys = countKeys(page);

  await page.goto("/app/leads?status=PENDING");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type(admin.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1–25 of 50")).toBeVisible();

  const messages = page.getByRole("region", { name: "Messages" }).getByRole("status");
  const seen = new Set<string>();
  const presses: number[] = [];
  await keys.press("t");
  for (let index = 0; index < 50; index += 1) {
    const name = page.getByRole("heading", { level: 1 });
    await expect(page.getByText(new RegExp(`^${index + 1} of 50`))).toBeVisible();
    // Read: the first page of the resume is drawn.
    await expect(
      page.getByRole("region", { name: "Resume" }).getByRole("img", { name: "Page 1 of 1" }),
    ).toBeVisible();
    seen.add(page.url());
    await keys.press("r");
    await expect(messages).toHaveText(`Reached out: ${await name.textContent()}.`);
    presses.push(keys.take());
    if (index < 49) await keys.press("j");
  }
  expect(seen.size, "each of them once").toBe(50);
  expect(Math.max(...presses)).toBeLessThanOrEqual(pressesAllowed);

  await keys.press("Escape");
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await keys.press("t");
  await expect(messages).toHaveText("Nobody in this list waits for an answer.");
  await page.goto("/app");
  await expect(page.getByRole("region", { name: /^Six numbers/ })).toContainText(/Oldest pending\s*None/);
  expect(await page.evaluate(() => sessionStorage.getItem("pointer events"))).toBeNull();
  expect(await callAs(admin).leads.totals.query()).toMatchObject({ PENDING: 0 });
});

/** Counts the key presses since it was last asked. */
function countKeys(page: Page) {
  let count = 0;
  return {
    async press(key: string): Promise<void> {
      count += 1;
      await page.keyboard.press(key);
    },
    take(): number {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}

/** Notes any event of a mouse, pen or finger on any page of this tab. */
async function watchPointer(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const type of ["pointerdown", "pointermove", "mousedown", "mousemove", "touchstart", "wheel"])
      addEventListener(type, () => sessionStorage.setItem("pointer events", type), { capture: true });
  });
}
