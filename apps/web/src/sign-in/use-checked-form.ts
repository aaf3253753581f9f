import { readFailure } from "@intake/client/failure";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { type FieldMessages, messagesByField } from "./form-errors";

interface CheckedForm<Schema extends z.ZodType> {
  /** The server's own schema. */
  schema: Schema;
  /** What the call needs beside the fields. */
  extra?: Record<string, unknown>;
  onSubmit: (values: z.output<Schema>) => void;
}

/** A form checked by the server's schema before it is sent; the first wrong field takes the focus. */
export function useCheckedForm<Schema extends z.ZodType>({ schema, extra, onSubmit }: CheckedForm<Schema>) {
  const ref = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldMessages>({});
  useEffect(() => {
    if (Object.keys(errors).length > 0) ref.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget));
    const result = schema.safeParse({ ...fields, ...extra });
    setErrors(
      result.success
        ? {}
        : messagesByField(
            result.error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
          ),
    );
    if (result.success) onSubmit(result.data);
  }

  return {
    errors,
    form: { ref, onSubmit: submit, noValidate: true },
    /** Puts what the server refused at its fields. */
    showErrors: (error: unknown) => setErrors(messagesByField(readFailure(error).fieldErrors)),
  };
}
