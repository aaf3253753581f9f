import { describe, expect, test } from "vitest";
import { suggestAddress } from "../email-address";
import { leadFieldsSchema } from "./schema";

const good = { firstName: "Ana", lastName: "Sørensen", email: "ana@x.co" };
const parse = (input: object) => leadFieldsSchema.safeParse({ ...good, ...input });

describe("names (detail 4.15)", () => {
  test.each([
    "Ó",
    "Nguyễn Thị Minh Khai",
    "van der Berg",
    "D'Angelo",
    "X Æ",
    "a",
    "x".repeat(100),
    "山".repeat(100),
    "=cmd|'/C calc'!A0",
    "<b>Bob</b>",
    "https://evil.example",
    "محمد",
  ])("%s passes as it is", (name) => {
    expect(parse({ firstName: name, lastName: name }).data).toMatchObject({
      firstName: name,
      lastName: name,
    });
  });

  test("outer spaces vanish, inner stay, marks are composed", () => {
    expect(parse({ firstName: "  Ana  Maria ", lastName: "e\u0301" }).data).toMatchObject({
      firstName: "Ana  Maria",
      lastName: "é",
    });
  });

  test.each([
    ["", "Enter your first name."],
    ["   ", "Enter your first name."],
    ["x".repeat(101), "Shorten the first name to at most 100 characters."],
    ["x".repeat(5000), "Shorten the first name to at most 100 characters."],
    [
      "a\u0000b",
      "Remove the invisible or control characters, for example by typing this instead of pasting it.",
    ],
    ["a\nb", "Remove the invisible or control characters, for example by typing this instead of pasting it."],
    [
      "a\u202eb",
      "Remove the invisible or control characters, for example by typing this instead of pasting it.",
    ],
    [
      "\ud800",
      "Remove the invisible or control characters, for example by typing this instead of pasting it.",
    ],
    [undefined, "Enter your first name."],
    [7, "Enter your first name."],
  ])("%j is refused", (firstName, message) => {
    const result = parse({ firstName });
    expect(result.error?.issues.map((issue) => [issue.path.join("."), issue.message])).toEqual([
      ["firstName", message],
    ]);
  });

  test("unknown fields are refused", () => {
    expect(parse({ status: "REACHED_OUT" }).success).toBe(false);
  });
});

describe("addresses (detail 4.16)", () => {
  test.each([
    "a+b@x.co",
    "o'brien@x.ie",
    "ANA@EXAMPLE.COM",
    "anna@пошта.укр",
    "josé@example.com",
    `${"a".repeat(64)}@example.com`,
  ])("%s passes", (email) => {
    expect(parse({ email }).data?.email).toBe(email);
  });

  test("spaces around and mailto: vanish", () => {
    expect(parse({ email: " mailto:ana@x.co " }).data?.email).toBe("ana@x.co");
  });

  test.each([
    ["ana", "Add the @ sign, like name@gmail.com."],
    ["ana@", "Add the part after the @ sign, like name@gmail.com."],
    ["@x.co", "Add the part before the @ sign, like name@gmail.com."],
    ["ana@gmail", "Complete the part after the @ sign, like gmail.com."],
    ["a b@x.co", "Remove the space from the address."],
    ["a@b@x.co", "Keep only one @ sign, like name@gmail.com."],
    ["ana@x.co\r\nBcc: all@x.co", "Remove the space from the address."],
    ["ana@x..co", "Check the address: it has a character or a dot in a wrong place."],
    [".ana@x.co", "Check the address: it has a character or a dot in a wrong place."],
    ["ana@x.co,b@x.co", "Keep only one @ sign, like name@gmail.com."],
    ["<ana@x.co>", "Check the address: it has a character or a dot in a wrong place."],
    ["", "Enter your email address, like name@gmail.com."],
    [
      `${"a".repeat(65)}@x.co`,
      "Shorten the address: at most 64 characters before the @ sign and 254 in all.",
    ],
  ])("%j is refused", (email, message) => {
    expect(parse({ email }).error?.issues[0]?.message).toBe(message);
  });

  test.each([
    ["x@gmial.com", "x@gmail.com"],
    ["x@gmail.co", "x@gmail.com"],
    ["x@hotmial.com", "x@hotmail.com"],
    ["x@gmail.com", null],
    ["x@gmx.com", null],
    ["x", null],
  ])("%s suggests %s", (address, suggestion) => {
    expect(suggestAddress(address)).toBe(suggestion);
  });
});
