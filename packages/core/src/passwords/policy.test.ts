import { expect, test } from "vitest";
import { newPasswordSchema } from "../auth/schema";
import { judgePassword } from "./policy";

const around = {
  about: ["Calder & Rowe", "Ruth Okafor", "ruth.okafor@firm.example"],
  requiresCharacterClasses: false,
};
const judge = (password: string, changes: object = {}) => judgePassword(password, { ...around, ...changes });

test.each([
  "passwordpassword",
  "aaaabbbbaaaabbbb",
  "qwertyuiopasdf",
  "123456789012345",
  "ruth and the herons",
  "CALDER my herons now",
  "intake herons marsh",
])("%s is refused with a sentence", async (password) => {
  const { problem } = await judge(password);
  expect(problem).toMatch(/\.$/);
});

test("unrelated words are good, in any script", async () => {
  for (const password of ["three wise old herons", "bảy ngọn đèn trên đầm lầy", "xk9-Tq!vP2wz"])
    expect(await judge(password), password).toMatchObject({ problem: null });
});

test("the classes are asked for only when the office says so", async () => {
  expect((await judge("three wise old herons", { requiresCharacterClasses: true })).problem).toContain(
    "all four",
  );
  expect((await judge("Three wise old herons, 4", { requiresCharacterClasses: true })).problem).toBeNull();
});

test("a very long password is judged quickly enough to be judged at all", async () => {
  expect((await judge("heron wisdom lantern ".repeat(48))).score).toBeGreaterThanOrEqual(0);
});

test("length counts characters from below and bytes from above", () => {
  expect(newPasswordSchema.safeParse("😀".repeat(11)).success).toBe(false);
  expect(newPasswordSchema.safeParse("😀".repeat(12)).success).toBe(true);
  expect(newPasswordSchema.safeParse("é".repeat(512)).success).toBe(true);
  expect(newPasswordSchema.safeParse("é".repeat(513)).success).toBe(false);
});
