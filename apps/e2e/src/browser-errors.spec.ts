import { enter, expect, test } from "./fixtures";

test("a page that breaks says so, and tells the office where in the code and nothing else", async ({
  page,
}) => {
  await enter(page, "/app/settings/profile");
  await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
  await page.route(/\/assets\/people-page-[^/]+\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: 'throw new TypeError("about Jana Novak");' }),
  );
  const telling = page.waitForRequest(/\/api\/browser-errors$/);
  await page.getByRole("link", { name: "People" }).click();
  await expect(page.getByRole("heading", { name: "Something broke on this page" })).toBeVisible();
  const told = await telling;
  expect((await told.response())?.status()).toBe(204);
  expect(told.postData()).not.toContain("Jana");
  expect(told.postDataJSON()).toMatchObject({
    ...{ app: "dashboard", type: "TypeError", route: "/settings/people" },
    lastRequestId: expect.any(String),
    frames: [{ file: expect.stringMatching(/^app\/assets\/people-page-/), line: 1 }],
  });
});

test("the form tells of its errors, too", async ({ page }) => {
  await page.route(/\/assets\/entry-client-[^/]+\.js$/, async (route) => {
    const answer = await route.fetch();
    const body = `${await answer.text()}\nsetTimeout(() => { throw new RangeError("about Jana Novak"); });`;
    await route.fulfill({ response: answer, body });
  });
  const telling = page.waitForRequest(/\/api\/browser-errors$/);
  await page.goto("/");
  const told = await telling;
  expect((await told.response())?.status()).toBe(204);
  expect(told.postData()).not.toContain("Jana");
  expect(told.postDataJSON()).toMatchObject({
    app: "form",
    kind: "uncaught",
    type: "RangeError",
    route: "/",
  });
});
