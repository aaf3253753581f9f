import type { FieldError } from "@intake/core/errors";
import { useState } from "react";
import { type FieldErrors, type FieldName, fieldNames, hasErrors, toFieldErrors } from "./fields";

/** Long enough for the click that left the field to land before anything moves. */
const recheckDelayMs = 200;

/** What is wrong on the page, and whether a sending was refused for it (then there is a summary on top). */
export function useFieldErrors(initial: readonly FieldError[]) {
  const [errors, setErrors] = useState<FieldErrors>(() => toFieldErrors(initial));
  const [turn, setTurn] = useState(hasErrors(errors) ? 1 : 0);
  if (turn > 0 && !hasErrors(errors)) setTurn(0);

  return {
    errors,
    /** Refused attempts since all was well; 0 while a file alone was refused on choosing. */
    turn,
    /** After an attempt to send: these and no others. */
    show(found: FieldErrors) {
      setErrors(found);
      setTurn((before) => before + 1);
    },
    set(name: FieldName, message: string | undefined) {
      setErrors((before) => ({ ...before, [name]: message }));
    },
    /** A mended field loses its error when it is left; new errors wait for the next attempt. */
    recheckLater(check: () => FieldErrors) {
      if (!hasErrors(errors)) return;
      setTimeout(() => {
        const now = check();
        setErrors((before) => {
          const next = { ...before };
          for (const name of fieldNames) if (name !== "resume" && before[name]) next[name] = now[name];
          return next;
        });
      }, recheckDelayMs);
    },
  };
}
