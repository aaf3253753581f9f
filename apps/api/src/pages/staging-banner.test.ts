import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { renderUnavailablePage } from "@intake/form/entry-server";
import { expect, test } from "vitest";
import { addStagingBanner } from "./staging-banner";

test.each([
  [
    "the form's",
    async () =>
      renderUnavailablePage({
        ...{ officeName: "Calder & Rowe", kind: "unavailable" },
        assets: { scripts: [], styles: [], preloads: [] },
      }),
  ],
  ["the dashboard's", () => readFile(join(import.meta.dirname, "../../../web/index.html"), "utf8")],
])("%s page says first, and once, that it is a trial", async (_name, load) => {
  const html = addStagingBanner(await load());
  const [, afterBody = ""] = html.split(/<body[^>]*>/);
  expect(afterBody.trimStart()).toMatch(/^<aside class="staging" aria-label="Staging"><p>This is a trial/);
  expect(html.split('class="staging"')).toHaveLength(2);
});
