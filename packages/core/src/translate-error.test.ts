import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "./errors";
import { StorageUnavailableError } from "./ports/storage";
import { toAppError } from "./translate-error";

const shape = z.strictObject({
  status: z.enum(["PENDING", "REACHED_OUT"]),
  person: z.strictObject({ name: z.string().min(1, "Enter your name.") }),
});

function translate(input: unknown): AppError {
  const parsed = shape.safeParse(input);
  return toAppError(parsed.error);
}

describe("toAppError", () => {
  test("what is ours stays as it is", () => {
    const error = new AppError("CONFLICT", "Someone was faster.");
    expect(toAppError(error)).toBe(error);
  });

  test("refused input becomes field errors in plain words, without what was received", () => {
    const error = translate({ status: "a secret value", person: { name: "", role: "x" }, extra: 1 });
    expect(error).toMatchObject({ code: "UNPROCESSABLE_CONTENT", message: error.errors?.[0]?.message });
    expect(error.errors).toEqual(
      expect.arrayContaining([
        { path: "status", message: "Use one of: PENDING, REACHED_OUT." },
        { path: "person.name", message: "Enter your name." },
        { path: "person.role", message: "This field is not known here." },
        { path: "extra", message: "This field is not known here." },
      ]),
    );
    expect(JSON.stringify(error.errors)).not.toContain("secret");
  });

  test.each([
    [
      "storage that is away",
      new StorageUnavailableError({ cause: new Error("ENOSPC: no space left, /var/x") }),
    ],
    [
      "a refused connection",
      Object.assign(new Error("connect ECONNREFUSED 10.0.0.1"), { code: "ECONNREFUSED" }),
    ],
  ])("%s can be tried again", (_name, cause) => {
    const error = toAppError(cause);
    expect(error).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5, cause });
    expect(error.message).not.toMatch(/ENOSPC|10\.0\.0\.1|\/var/);
  });

  test.each([new TypeError("x is not a function at /srv/app.js:1"), "a thrown string", undefined, null])(
    "anything else (%s) is our mistake, and says nothing about it",
    (cause) => {
      const error = toAppError(cause);
      expect(error).toMatchObject({ code: "INTERNAL_SERVER_ERROR", cause });
      expect(error.message).not.toMatch(/function|srv|string/);
    },
  );
});
