import { type LeadFields, leadFieldsSchema } from "@intake/core/leads/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkFields, countErrors, type FieldErrors, toFieldErrors } from "./fields";

/** What the server's schema says, in the form's shape. */
function askSchema(values: LeadFields): FieldErrors {
  const result = leadFieldsSchema.safeParse(values);
  if (result.success) return {};
  return toFieldErrors(result.error.issues.map(({ path, message }) => ({ path: String(path[0]), message })));
}

const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "",
    "  ",
    "Ó",
    "Nguyễn Thị Minh Khai",
    "X Æ",
    "a\u0000b",
    "a\u202eb",
    "\ufeff",
    "line\nbreak",
    "\u0085x",
  ),
  fc.integer({ min: 98, max: 102 }).map((length) => "é".repeat(length)),
  fc.integer({ min: 98, max: 102 }).map((length) => "😀".repeat(length)),
);
const email = fc.oneof(
  fc.emailAddress(),
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom(
    "",
    " a+b@x.co ",
    "mailto:a@x.co",
    "o'brien@x.ie",
    "x@bücher.example",
    "a@b",
    "a@@b.co",
    "no-at",
    "a b@c.co",
  ),
  fc.integer({ min: 60, max: 70 }).map((length) => `${"a".repeat(length)}@x.co`),
);

describe("checkFields", () => {
  it("says exactly what the server's schema says", () => {
    fc.assert(
      fc.property(fc.record({ firstName: name, lastName: name, email }), (values) => {
        // A browser never sends lone surrogates: FormData replaces them.
        const sent = {
          firstName: values.firstName.toWellFormed(),
          lastName: values.lastName.toWellFormed(),
          email: values.email.toWellFormed(),
        };
        const checked = checkFields(sent);
        expect(checked.errors).toEqual(askSchema(sent));
        const parsed = leadFieldsSchema.safeParse(sent);
        if (parsed.success) expect(checked.fields).toEqual(parsed.data);
      }),
      { numRuns: 1000 },
    );
  });

  it("names every empty field", () => {
    expect(checkFields({ firstName: " ", lastName: "", email: "" }).errors).toEqual({
      firstName: "Enter your first name.",
      lastName: "Enter your last name.",
      email: "Enter your email address, like name@gmail.com.",
    });
  });
});

describe("toFieldErrors", () => {
  it("keeps the first sentence per field in page order and drops the rest", () => {
    const errors = toFieldErrors([
      { path: "resume", message: "file" },
      { path: "email", message: "first" },
      { path: "email", message: "second" },
      { path: "idempotencyKey", message: "key" },
    ]);
    expect(Object.entries(errors)).toEqual([
      ["email", "first"],
      ["resume", "file"],
    ]);
  });
});

describe("countErrors", () => {
  it("counts in words", () => {
    expect(countErrors({ email: "x" })).toBe("One thing to fix, then send again");
    expect(countErrors({ email: "x", resume: "y", firstName: undefined })).toBe(
      "Two things to fix, then send again",
    );
  });
});
