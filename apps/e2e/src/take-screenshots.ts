import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { chromium } from "@playwright/test";
import { findBrowser } from "../../../scripts/find-browser.mjs";
import { startProduct } from "./start-product";

/** `npm run screenshots`: the pictures of the README, from the demo office in a real browser. */
const images = resolve(import.meta.dirname, "../../../docs/images");

const found = await findBrowser();
Object.assign(process.env, found.env);
const product = await startProduct(["--demo"], { OFFICE_PHONE: "020 7946 0182" });
const browser = await chromium.launch({ executablePath: found.executablePath, args: found.args });
try {
  const page = await browser.newPage({
    baseURL: product.baseUrl,
    viewport: { width: 1280, height: 800 },
    timezoneId: "Europe/London",
  });
  await page.goto("/", { waitUntil: "networkidle" });
  await page.screenshot({ path: join(images, "form.png") });
  await page.goto("/app/login?next=/app/leads");
  await page.getByLabel("Email").fill("jonas@calderrowe.example");
  await page
    .getByLabel("Password", { exact: true })
    .fill((await readFile(join(product.dataDirectory, "demo", "demo-password"), "utf8")).trim());
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText(/1–25 of/).waitFor();
  // Counts come a moment later.
  await page.getByRole("link", { name: "All 500" }).waitFor();
  await page
    .getByRole("navigation", { name: "Views" })
    .getByRole("link", { name: /^Mine \d/ })
    .waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(images, "leads.png") });
  await page
    .getByRole("link", { name: /^Márta Okonkwo-Lindqvist/ })
    .first()
    .click();
  await page.getByRole("img", { name: /^Page 1 of/ }).waitFor();
  await page.screenshot({ path: join(images, "lead.png") });
  await page.goto("/app");
  await page.getByRole("region", { name: "Leads per day" }).locator("svg").first().waitFor();
  await page.screenshot({ path: join(images, "home.png") });
} finally {
  await browser.close();
  await product.stop();
}
