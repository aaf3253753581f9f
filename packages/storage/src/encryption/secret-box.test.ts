import { StorageUnavailableError } from "@intake/core/ports/storage";
import { expect, it } from "vitest";
import { testKey } from "../testing/master-key";
import { createMasterKeys } from "./master-keys";
import { createSecretBox } from "./secret-box";

const older = createSecretBox(createMasterKeys([testKey("2025-01", 1)]));
const box = createSecretBox(createMasterKeys([testKey("2026-11", 2), testKey("2025-01", 1)]));
const secret = { place: "users.totp_secret 1", text: "JBSWY3DPEHPK3PXP" };

it("opens a secret only in its place and unchanged", async () => {
  const sealed = await box.seal(secret);
  expect(sealed).not.toContain(secret.text);
  expect(await box.unseal({ ...secret, text: sealed })).toBe(secret.text);
  const words = "This secret is not as it was sealed";
  await expect(box.unseal({ place: "users.totp_secret 2", text: sealed })).rejects.toThrow(words);
  for (const text of [
    `${sealed.slice(0, -4)}AAAA`,
    sealed.replace("v2", "v3"),
    sealed.slice(3),
    "",
    secret.text,
  ])
    await expect(box.unseal({ place: secret.place, text })).rejects.toThrow(words);
});

it("opens what an older key sealed, and tells it from what is sealed now", async () => {
  const sealed = await older.seal(secret);
  expect(await box.unseal({ ...secret, text: sealed })).toBe(secret.text);
  expect(sealed.startsWith(older.prefix)).toBe(true);
  expect(sealed.startsWith(box.prefix)).toBe(false);
  await expect(older.unseal({ ...secret, text: await box.seal(secret) })).rejects.toThrow(
    StorageUnavailableError,
  );
});
