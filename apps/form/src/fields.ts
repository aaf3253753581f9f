/** The four fields of the form: their names, their places on the page, and what is wrong with them. */
import { describeAddressProblem } from "@intake/core/email-address";
import type { FieldError } from "@intake/core/errors";
import type { LeadFields } from "@intake/core/leads/schema";

export const fieldNames = ["firstName", "lastName", "email", "resume"] as const;
export type FieldName = (typeof fieldNames)[number];
export type FieldErrors = Partial<Record<FieldName, string>>;

/** Where the error summary's links lead. */
export const fieldIds: Record<FieldName, string> = {
  firstName: "first-name",
  lastName: "last-name",
  email: "email",
  resume: "resume",
};

/**
 * The typed fields, trimmed, and one sentence for each that cannot be sent. Says what `leadFieldsSchema` says (a test holds
 * them together) without it: the schema library alone would be a third of everything the page loads.
 */
export function checkFields(values: LeadFields): { fields: LeadFields; errors: FieldErrors } {
  const fields = {
    firstName: tidy(values.firstName),
    lastName: tidy(values.lastName),
    email: tidy(values.email).replace(/^mailto:/i, ""),
  };
  const problems: [FieldName, string | null][] = [
    ["firstName", describeNameProblem(fields.firstName, "first")],
    ["lastName", describeNameProblem(fields.lastName, "last")],
    ["email", describeAddressProblem(fields.email)],
  ];
  const errors: FieldErrors = {};
  for (const [name, problem] of problems) if (problem) errors[name] = problem;
  return { fields, errors };
}

function tidy(value: string): string {
  return value.normalize("NFC").trim();
}

const maxNameCharacters = 100;

function describeNameProblem(name: string, which: "first" | "last"): string | null {
  if (name === "") return `Enter your ${which} name.`;
  if ([...name].length > maxNameCharacters) {
    return `Shorten the ${which} name to at most ${maxNameCharacters} characters.`;
  }
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/u.test(name)) {
    return "Remove the invisible or control characters, for example by typing this instead of pasting it.";
  }
  return null;
}

/** Keeps the first sentence per field, in the order of the page; what belongs to no field is left out. */
export function toFieldErrors(errors: readonly FieldError[]): FieldErrors {
  const found: FieldErrors = {};
  for (const name of fieldNames) {
    const first = errors.find(({ path }) => path === name);
    if (first) found[name] = first.message;
  }
  return found;
}

export function hasErrors(errors: FieldErrors): boolean {
  return fieldNames.some((name) => errors[name] !== undefined);
}

const countWords = ["No", "One", "Two", "Three", "Four"];

/** The error summary's heading: `Two things to fix, then send again`. */
export function countErrors(errors: FieldErrors): string {
  const count = fieldNames.filter((name) => errors[name] !== undefined).length;
  return `${countWords[count] ?? count} ${count === 1 ? "thing" : "things"} to fix, then send again`;
}
