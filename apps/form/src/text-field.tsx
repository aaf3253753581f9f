import type { InputHTMLAttributes, ReactNode } from "react";
import { FieldErrorText } from "./field-error";

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Below the field, for example a suggestion. */
  children?: ReactNode;
}

/** Label, hint, error, input. The input keeps its own value, so nothing typed before the scripts arrive is lost. */
export function TextField({ id, label, hint, error, children, ...input }: TextFieldProps) {
  const hintId = hint && `${id}-hint`;
  const errorId = error && `${id}-error`;
  return (
    <div className={error ? "fld bad" : "fld"}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
      {error && errorId && <FieldErrorText id={errorId} message={error} />}
      <input
        {...input}
        className="in"
        id={id}
        required
        aria-invalid={error ? true : undefined}
        aria-describedby={[hintId, errorId].filter(Boolean).join(" ") || undefined}
      />
      {children}
    </div>
  );
}
