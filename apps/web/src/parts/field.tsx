import type { ComponentProps, ReactNode } from "react";
import { FieldFrame } from "./field-frame";

export const inputClass =
  "w-full min-h-(--control-h) rounded-2 border border-line-strong bg-surface px-[0.625rem] text-fg placeholder:text-fg-3 placeholder:opacity-100 focus-visible:-outline-offset-1 focus-visible:border-ink max-md:min-h-(--touch-h) max-md:text-lg aria-invalid:border-danger-mark aria-invalid:shadow-[inset_0_0_0_1px_var(--danger-mark)]";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Sits inside the box at its end, for example "Show". */
  action?: ReactNode;
}

/** One line of text. */
export function Field({ label, hint, error, action, className = "", ...input }: FieldProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(control) => (
        <div className="relative">
          <input {...input} {...control} className={`${inputClass} ${className}`} />
          {action}
        </div>
      )}
    </FieldFrame>
  );
}
