/** The one way strings come in (security rule 24). Browser-safe: forms and servers share it. */
import { z } from "zod";

// C0 and C1 controls, bidi overrides and isolates, zero-width no-break space, interlinear marks, and what bytes that are no UTF-8 became.
const forbiddenCharacters = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffd]/u;

interface TextOptions {
  max: number;
  /** Said when nothing is left after trimming. */
  required: string;
  /** Said when it is longer than `max` characters. */
  tooLong: string;
  /** Line breaks and tabs are kept, line ends as `\n`. */
  hasLines?: boolean;
}

/** NFC, trimmed, 1..max characters, no control or bidi characters and no lone surrogates. */
export function text({ max, required, tooLong, hasLines = false }: TextOptions) {
  return z
    .string({ error: required })
    .max(max * 4, tooLong)
    .transform((value) => value.normalize("NFC").replaceAll("\r\n", "\n").trim())
    .pipe(
      z
        .string()
        .min(1, required)
        .refine((value) => [...value].length <= max, tooLong)
        .refine(
          (value) => value.isWellFormed() && !forbiddenCharacters.test(hasLines ? inOneLine(value) : value),
          {
            error:
              "Remove the invisible or control characters, for example by typing this instead of pasting it.",
          },
        ),
    );
}

function inOneLine(value: string): string {
  return value.replaceAll(/[\n\t]/g, " ");
}
