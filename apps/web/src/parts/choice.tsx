import type { ComponentProps, ReactNode } from "react";
import { inputClass } from "./field";
import { FieldFrame } from "./field-frame";

interface ChoiceProps extends ComponentProps<"select"> {
  label: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}

/** One of a list, as the browser offers it. */
export function Choice({ label, hint, error, children, className = "", ...select }: ChoiceProps) {
  return (
    <FieldFrame label={label} hint={hint} error={error}>
      {(control) => (
        <select {...select} {...control} className={`${inputClass} ${className}`}>
          {children}
        </select>
      )}
    </FieldFrame>
  );
}
