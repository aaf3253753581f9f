import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

export const inputClass =
  "w-full min-h-(--control-h) rounded-2 border border-line-strong bg-surface px-[0.625rem] text-fg placeholder:text-fg-3 placeholder:opacity-100 focus-visible:-outline-offset-1 focus-visible:border-ink max-md:min-h-(--touch-h) max-md:text-lg aria-invalid:border-danger-mark aria-invalid:shadow-[inset_0_0_0_1px_var(--danger-mark)]";

interface FieldProps extends ComponentProps<"input"> {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Sits inside the box at its end, for example "Show". */
  action?: ReactNode;
}

/** Label above, hint under it, error between hint and box; all of it tied to the box for screen readers. */
export function Field({ label, hint, error, action, className = "", ...input }: FieldProps) {
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
      <div className="relative">
        <input
          {...input}
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={`${inputClass} ${className}`}
        />
        {action}
      </div>
    </div>
  );
}
