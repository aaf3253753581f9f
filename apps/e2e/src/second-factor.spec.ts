import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import { admin } from "./admin";
import { inEveryLook } from "./every-look";
import { expect, test } from "./fixtures";

/** The six digits of RFC 6238 for a base32 secret, this many steps of 30 s from now. */
function codeOf(secret: string, steps = 0): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

async function signInByPassword(page: Page): Promise<void> {
  await page.goto("/app/login?next=/app/leads");
  await page.getByLabel("Email").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(admin.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /account/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
}

test("authenticator, recovery code and passkey: set up, sign in, remove", async ({
  page,
  login,
  expectAccessible,
}) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await login();
  await page.goto("/app/settings/security");
  await page.getByRole("button", { name: "Set up authenticator app" }).click();
  const setup = page.getByRole("dialog", { name: "Set up an authenticator app" });
  await expect(setup.getByRole("img", { name: /QR code/ })).toBeVisible();
  await inEveryLook(page, expectAccessible);
  const secret = ((await setup.locator("code").textContent()) ?? "").replaceAll(" ", "");
  // Six digits send themselves; the step before now, so that the one of now is left for signing in.
  await setup.getByLabel("Code").fill(codeOf(secret, -1));
  const kept = page.getByRole("dialog", { name: "Keep these recovery codes" });
  const recoveryCode = (await kept.getByRole("listitem").first().textContent()) ?? "";
  await inEveryLook(page, expectAccessible);
  await kept.getByRole("button", { name: "I have kept them" }).click();

  await signOut(page);
  await signInByPassword(page);
  await expect(page.getByRole("heading", { level: 1, name: "Enter the six digits" })).toBeVisible();
  await expectAccessible();
  await page.getByLabel("Code").fill("000000");
  await expect(page.getByText("This code does not fit.")).toBeVisible();
  await page.getByLabel("Code").fill(codeOf(secret));
  await expect(page.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();

  await signOut(page);
  await signInByPassword(page);
  await page.getByRole("button", { name: "Use a recovery code" }).click();
  await page.getByLabel("Recovery code").fill(recoveryCode);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Leads" })).toBeVisible();

  await page.goto("/app/settings/security");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await expect(page.getByText("Passkey 1")).toBeVisible();
  await page.getByRole("button", { name: "Rename Passkey 1" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Work laptop");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Work laptop")).toBeVisible();
  await expectAccessible();

  await signOut(page);
  // Back to the page that was left.
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByRole("button", { name: "Remove Work laptop" }).click();
  await expect(page.getByText("You have no passkey yet.")).toBeVisible();
  await page.getByRole("button", { name: "Remove authenticator app" }).click();
  await expect(page.getByRole("button", { name: "Set up authenticator app" })).toBeVisible();
  await signOut(page);
  await login();
});
