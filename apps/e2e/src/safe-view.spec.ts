import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, fixture, resumes, test } from "./fixtures";

let number = 0;

async function submit(request: APIRequestContext, path: string): Promise<string> {
  number += 1;
  const email = `reader${number}.${Date.now().toString(36)}@view.example`;
  const resume = { name: path.split("/").at(-1) ?? "", mimeType: "application/octet-stream" };
  const answer = await request.post("/api/leads", {
    multipart: {
      ...{ firstName: "Márta", lastName: `Reader ${number}`, email },
      resume: { ...resume, buffer: await readFile(path) },
    },
  });
  expect(answer.status()).toBe(201);
  return (await answer.json()).id;
}

const viewer = (page: Page) => page.getByRole("region", { name: "Resume", exact: true });
const picture = (page: Page, name: string) => viewer(page).getByRole("img", { name });

test("a PDF is read in the page, its words can be copied, and a closer look is a sharper one", async ({
  page,
  login,
  request,
  expectAccessible,
}) => {
  const id = await submit(request, fixture("reading/five-pages.pdf"));
  await login();
  await page.goto(`/app/leads/${id}`);
  const first = picture(page, "Page 1 of 5");
  await expect(first).toBeVisible();
  await expectAccessible();

  // The words lie where they are seen: the line found in the text stands within the page, and can be copied.
  const line = viewer(page).getByText("Matter 1-1: petition prepared, evidence collected");
  const [sheet, words] = [await first.boundingBox(), await line.boundingBox()];
  expect(words?.x).toBeGreaterThan(sheet?.x ?? 0);
  expect(words?.width).toBeGreaterThan((sheet?.width ?? 0) * 0.5);
  await line.selectText();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain("evidence collected");

  await page.keyboard.press("0");
  const before = (await first.boundingBox())?.width ?? 0;
  const isSharper = page.waitForResponse((answer) =>
    /resumes\.page.*1200/.test(decodeURIComponent(answer.url())),
  );
  for (const _ of [1, 2, 3, 4]) await page.keyboard.press("+");
  await isSharper;
  await expect.poll(async () => (await first.boundingBox())?.width).toBeGreaterThan(before * 1.3);
  await page.keyboard.press("0");
  await expect.poll(async () => (await first.boundingBox())?.width).toBe(before);
});

test("keys and small pictures walk through a PDF, and a word on a page not yet seen is found", async ({
  page,
  login,
  request,
  expectAccessible,
}) => {
  const id = await submit(request, fixture("reading/five-pages.pdf"));
  await login();
  await page.goto(`/app/leads/${id}`);
  const place = viewer(page).locator("footer");
  await expect(picture(page, "Page 1 of 5")).toBeVisible();
  await page.keyboard.press("f");
  await page.keyboard.type("MATTER 4-2:");
  await expect(page.getByText("1 of 1", { exact: true })).toBeVisible();
  await expect(viewer(page).locator("mark[data-current]")).toHaveText("Matter 4-2:");
  await expect(viewer(page).locator("mark[data-current]")).toBeInViewport();
  await page.keyboard.press("Escape");
  await expect(place).toHaveText(/Page 4 of 5$/);

  await page.keyboard.press("Home");
  await expect(place).toHaveText(/Page 1 of 5$/);
  await page.keyboard.press("n");
  await expect(place).toHaveText(/Page 2 of 5$/);
  await page.keyboard.press("t");
  const rail = page.getByRole("navigation", { name: "Pages" });
  await rail.getByRole("button", { name: "Page 5" }).click();
  await expect(place).toHaveText(/Page 5 of 5$/);
  await expect(picture(page, "Page 5 of 5")).toBeVisible();
  await expectAccessible();
});

test("a Word file is shown in a frame that runs nothing and asks for nothing; its words are found", async ({
  page,
  login,
  request,
}) => {
  const id = await submit(request, resumes.docx);
  await login();
  const strangers: string[] = [];
  await page.route(/stranger\.example/, (route) => {
    strangers.push(route.request().url());
    return route.abort();
  });
  // What a document would do if its reader let it through: a script, an address, a form.
  await page.route(/\/trpc\/resumes\.openView/, async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.result.data.view.html += `<script>parent.document.title = "owned"</script>
      <img src="https://stranger.example/a.png" onerror="parent.document.title = 'owned'">
      <style>@import url("https://stranger.example/a.css");</style>
      <form action="https://stranger.example/"><button>Send</button></form>
      <iframe src="https://stranger.example/"></iframe>`;
    await route.fulfill({ response: answer, json: body });
  });
  await page.goto(`/app/leads/${id}`);
  const sheet = page.frameLocator("iframe[title^='The resume']");
  await expect(sheet.getByRole("heading", { name: "Experience" })).toBeVisible();
  await sheet.getByRole("button", { name: "Send" }).click();
  await page.keyboard.press("f");
  await page.keyboard.type("paralegal");
  await expect(page.getByText("1 of 4", { exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(sheet.locator("mark[data-current]")).toBeVisible();
  await expect(sheet.locator("mark")).toHaveCount(4);
  expect(await page.title()).not.toBe("owned");
  expect(strangers).toEqual([]);
  expect(new URL(page.url()).pathname).toBe(`/app/leads/${id}`);
});

test("the original comes byte for byte, after the question whether an unchecked one is wanted", async ({
  page,
  login,
  request,
  expectAccessible,
}) => {
  const id = await submit(request, resumes.pdf);
  await login();
  await page.goto(`/app/leads/${id}`);
  await expect(picture(page, "Page 1 of 1")).toBeVisible();
  await page.keyboard.press("d");
  const question = page.getByRole("dialog", { name: "Nobody has checked this file" });
  await expectAccessible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    question.getByRole("button", { name: "Download anyway" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("resume.pdf");
  const hash = async (path: string) =>
    createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  expect(await hash(await download.path())).toBe(await hash(resumes.pdf));
  await expect(page.getByRole("region", { name: "History" })).toContainText(/downloaded/);
});

test("a better copy becomes the newest, the first one can still be read, and the same file is not kept twice", async ({
  page,
  login,
  request,
  expectAccessible,
}) => {
  const id = await submit(request, resumes.pdf);
  await login();
  await page.goto(`/app/leads/${id}`);
  const files = page.getByRole("region", { name: "Files" });
  await files.locator("input[type=file]").setInputFiles(resumes.docx);
  await expect(files.getByText(/^Added\./)).toBeVisible();
  const sheet = page.frameLocator("iframe").getByRole("heading", { name: "Experience" });
  await expect(sheet).toBeVisible();
  await files.locator("input[type=file]").setInputFiles(resumes.docx);
  await expect(files.getByText(/^This is the same file as/)).toBeVisible();
  await files.getByRole("button", { name: /^resume\.pdf/ }).click();
  await expect(viewer(page).getByText(/^You are reading an older version/)).toBeVisible();
  await expect(picture(page, "Page 1 of 1")).toBeVisible();
  await expectAccessible();
  await viewer(page).getByRole("button", { name: "See the newest" }).click();
  await expect(sheet).toBeVisible();
  await files.locator("input[type=file]").setInputFiles({
    ...{ name: "empty.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
  });
  await expect(files.getByRole("alert")).toContainText("is empty");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on a scan at 320 px, ${colorScheme}, and nothing scrolls sideways`, async ({
    page,
    login,
    request,
    expectAccessible,
  }) => {
    const id = await submit(request, fixture("reading/scan.pdf"));
    await page.emulateMedia({ colorScheme });
    await login();
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/app/leads/${id}`);
    await expect(picture(page, "Page 1 of 1")).toBeVisible();
    await expectAccessible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}
