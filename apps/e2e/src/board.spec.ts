import { randomUUID } from "node:crypto";
import { inEveryLook } from "./every-look";
import { enter, expect, test } from "./fixtures";
import { submitLeads } from "./office";

test("a card is carried to the other column by keyboard, and set back with one key", async ({
  page,
  expectAccessible,
}) => {
  const lastName = `Karte${randomUUID().slice(0, 6)}`;
  await submitLeads(
    ["Anna", "Bela"].map((firstName) => ({
      ...{ firstName, lastName, email: `${firstName}.${lastName}@board.example` },
    })),
  );
  await enter(page, `/app/leads?q=${lastName}&view=board&sort=firstName&order=asc`);
  const pending = page.getByRole("grid", { name: "Pending" });
  const reachedOut = page.getByRole("grid", { name: "Reached out" });
  await expect(pending.getByRole("row")).toHaveCount(2);
  await expect(reachedOut).toContainText("Nobody here is reached out.");
  await inEveryLook(page, expectAccessible);

  await pending.getByRole("row", { name: new RegExp(`^Anna ${lastName}`) }).focus();
  // Past the link and the button that does the same, to the grip.
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  await expect(reachedOut).toHaveAttribute("data-drop-target");
  await page.keyboard.press("Enter");
  const carried = reachedOut.getByRole("row", { name: new RegExp(`^Anna ${lastName}`) });
  await expect(carried).toBeVisible();
  await expect(pending.getByRole("row")).toHaveCount(1);
  await page.keyboard.press("u");
  await expect(carried).toBeHidden();
  await expect(pending.getByRole("row")).toHaveCount(2);
});
