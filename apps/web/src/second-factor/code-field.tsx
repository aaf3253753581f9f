import { codeDigits } from "@intake/core/second-factor/schema";
import { Field } from "../parts/field";

interface CodeFieldProps {
  error: string | undefined;
  /** All digits are there: typed, pasted or filled in by the phone. */
  onComplete: () => void;
}

/** Six digits; sends itself when they are complete. */
export function CodeField({ error, onComplete }: CodeFieldProps) {
  return (
    <Field
      label="Code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      spellCheck={false}
      maxLength={20}
      hint="Codes change every 30 seconds. Spaces do not matter."
      error={error}
      className="num min-h-12 text-xl tracking-[0.3em]"
      onChange={(event) => {
        if (event.target.value.replaceAll(/\D/g, "").length === codeDigits) onComplete();
      }}
    />
  );
}
