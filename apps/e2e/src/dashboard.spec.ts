import { readFile } from "node:fs/promises";
import type { APIRequestContext } from "@playwright/test";
import { admin } from "./admin";
import { expect, resumes, test } from "./fixtures";

let prefix = "";
let leadIds: string[] = [];

async function submit(request: APIRequestContext, firstName: string, lastName: string): Promise<string> {
  const answer = await request.post("/api/leads", {
    multipart: {
      firstName,
      lastName,
      email: `${prefix}.${firstName.toLowerCase().replace(/\W/g, "")}@list.example`,
      resume: { name: "cv.pdf", mimeType: "application/pdf", buffer: await readFile(resumes.pdf) },
    },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).id;
}

async function bearer(request: APIRequestContext): Promise<Record<string, string>> {
  const answer = await request.post("/api/auth/login", { data: { ...admin, tokenDelivery: "body" } });
  return { Authorization: `Bearer ${(await answer.json()).accessToken}` };
}

test.beforeAll(async ({ playwright }) => {
  prefix = `p${Date.now().toString(36)}`;
  const request = await playwright.request.newContext({ baseURL: process.env.INTAKE_URL ?? "" });
  leadIds = [];
  for (let index = 0; index < 27; index += 1) leadIds.push(await submit(request, `Person${index}`, "Müller"));
  await request.dispose();
});

test("search, filter, sort and page live in the address; Back brings everything back (details 4.34, 4.35)", async ({
  page,
  login,
  expectAccessible,
}) => {
  await login();
  await page.getByRole("searchbox").fill(`${prefix} muller`);
  await expect(page).toHaveURL(/q=/);
  await expect(page.getByText("1–25 of 27")).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByText("26–27 of 27")).toBeVisible();
  const address = page.url();
  await expectAccessible();

  await page
    .getByRole("link", { name: /Person0 Müller/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1, name: /Person0/ })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByText("26–27 of 27")).toBeVisible();

  await page.reload();
  await expect(page.getByText("of 27")).toBeVisible();
  await page
    .getByRole("link", { name: /^Reached out/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("nonsense in the address falls back and says so", async ({ page, login }) => {
  await login();
  await page.goto("/app/leads?sort=shoeSize&limit=100000&status=MAYBE");
  await expect(page.getByRole("table", { name: "Leads" })).toBeVisible();
  await expect(page.getByText(/address/i).first()).toBeVisible();
});

test("the keyboard does it all: search, move, open, reach out, undo (detail 4.57)", async ({
  page,
  login,
  request,
}) => {
  await login();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(`${prefix}.person7@`);
  await expect(page.getByText("1–1 of 1")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.getByRole("searchbox").blur();
  await page.keyboard.press("j");
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1, name: /Person7/ })).toBeVisible();

  await page.keyboard.press("r");
  await expect(page.getByText("Reached out", { exact: true }).first()).toBeVisible();
  await page.keyboard.press("u");
  await expect(page.getByRole("button", { name: /^Mark reached out/ }).first()).toBeVisible();
  await expect(async () => {
    const lead = await (
      await request.get(`/api/leads/${leadIds[7]}`, { headers: await bearer(request) })
    ).json();
    expect(lead).toMatchObject({ status: "PENDING", version: 3 });
  }).toPass();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toContainText("Keyboard shortcuts");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("someone else was faster: both values, two ways on (detail 4.50)", async ({
  page,
  login,
  request,
  expectAccessible,
}) => {
  // This browser does not hear of the change.
  await page.route(/\/trpc\/live\.changes/, (route) => route.abort());
  await login();
  await page.goto(`/app/leads/${leadIds[3]}`);
  await expect(page.getByRole("button", { name: /^Mark reached out/ }).first()).toBeVisible();
  const other = await request.patch(`/api/leads/${leadIds[3]}`, {
    headers: await bearer(request),
    data: { status: "REACHED_OUT", channel: "phone", note: "Called." },
  });
  expect(other.status()).toBe(200);
  await page.keyboard.press("r");
  await expect(page.getByText(/Your change is not saved/)).toBeVisible();
  await expectAccessible();
  await page.getByRole("button", { name: /^Keep/ }).click();
  await expect(page.getByText("Reached out", { exact: true }).first()).toBeVisible();
});

test("a failing change rolls back where one can see it (detail 4.47)", async ({ page, login }) => {
  await login();
  await page.goto(`/app/leads/${leadIds[4]}`);
  await expect(page.getByRole("button", { name: /^Mark reached out/ }).first()).toBeVisible();
  await page.route(/\/trpc\/[^?]*leads\.updateStatus/, (route) => route.abort());
  await page.keyboard.press("r");
  await expect(page.getByRole("button", { name: /^Mark reached out/ }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Messages" })).not.toBeEmpty();
});

test("a lead that does not exist looks like one that is forbidden", async ({
  page,
  login,
  expectAccessible,
}) => {
  await login();
  await page.goto("/app/leads/01890000-0000-7000-8000-000000000000");
  await expect(
    page.getByRole("heading", { name: "This lead does not exist or is not yours to see" }),
  ).toBeVisible();
  await expectAccessible();
});

test("the list that cannot load says so and tries again", async ({ page, login }) => {
  await login();
  // Calls travel in batches, so the list may stand anywhere in the address.
  const listCalls = /\/trpc\/[^?]*leads\.list/;
  await page.route(listCalls, (route) => route.fulfill({ status: 500, body: "{}" }));
  await page.goto("/app/leads?q=anything");
  await expect(page.getByRole("heading", { name: "The list could not be loaded" })).toBeVisible({
    timeout: 20_000,
  });
  await page.unroute(listCalls);
  // The banner about the connection offers the same words.
  await page.getByRole("main").getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Nobody matches" })).toBeVisible();
});

test("two tabs reload at the same moment and both stay in; signing out ends both (detail 4.58)", async ({
  page,
  context,
  login,
}) => {
  await login();
  const second = await context.newPage();
  await second.goto("/app/leads");
  await Promise.all([page.reload(), second.reload()]);
  for (const tab of [page, second])
    await expect(tab.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();
  await page.getByRole("button", { name: /account and settings/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  for (const tab of [page, second]) await expect(tab).toHaveURL(/\/app\/login/, { timeout: 5_000 });
});

test("a wrong password says one thing, and no token is kept where scripts can read it (detail 4.64)", async ({
  page,
  login,
  expectAccessible,
}) => {
  await page.goto("/app/login");
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill("not it at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(/do not fit together/).first()).toBeVisible();
  await expectAccessible();
  await login();
  const kept = await page.evaluate(() =>
    JSON.stringify({ ...localStorage, ...sessionStorage, cookie: document.cookie }),
  );
  expect(kept).not.toMatch(/eyJ|intake_refresh/);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on list and lead, wide and at 320 px, ${colorScheme}`, async ({
    page,
    login,
    expectAccessible,
  }) => {
    await page.emulateMedia({ colorScheme });
    await login();
    await expect(page.getByText(/of \d+/).first()).toBeVisible();
    await expectAccessible();
    await page.goto(`/app/leads/${leadIds[9]}`);
    await expect(page.getByRole("heading", { level: 1, name: /Person9/ })).toBeVisible();
    await expectAccessible();
    await page.setViewportSize({ width: 320, height: 640 });
    await expectAccessible();
    await page.goto("/app/leads");
    await expect(page.getByRole("list", { name: "Leads" })).toBeVisible();
    await expectAccessible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
