import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { inputClass } from "./field";

interface ChoiceProps extends ComponentProps<"select"> {
  label: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}

/** One of a list, as the browser offers it; label above, hint and error between label and box. */
export function Choice({ label, hint, error, children, className = "", ...select }: ChoiceProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-medium">
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="mb-1 text-fg-2">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mb-1 flex gap-1.5 text-danger">
          <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          <span>{error}</span>
        </p>
      ) : null}
      <select
        {...select}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={`${inputClass} ${className}`}
      >
        {children}
      </select>
    </div>
  );
}
