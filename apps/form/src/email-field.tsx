import { suggestAddress } from "@intake/core/email-address";
import { useEffect, useRef, useState } from "react";
import { TextField } from "./text-field";

interface EmailFieldProps {
  defaultValue: string | undefined;
  error: string | undefined;
  isReadOnly: boolean;
}

/** Long enough not to comment on an address that is still being typed. */
const quietMs = 600;

/** The address, with a hint when its end looks mistyped. Type "text": browsers rewrite international domains in "email". */
export function EmailField({ defaultValue, error, isReadOnly }: EmailFieldProps) {
  const [suggestion, setSuggestion] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  function accept() {
    const input = document.getElementById("email");
    if (!(input instanceof HTMLInputElement) || !suggestion) return;
    input.value = suggestion;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
    setSuggestion(null);
  }

  return (
    <TextField
      id="email"
      name="email"
      type="text"
      inputMode="email"
      label="Email"
      hint="We answer to this address, and use it for nothing else."
      autoComplete="email"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      defaultValue={defaultValue}
      error={error}
      readOnly={isReadOnly}
      onInput={(event) => {
        const typed = event.currentTarget.value.trim();
        setSuggestion(null);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => setSuggestion(suggestAddress(typed)), quietMs);
      }}
    >
      <div role="status">
        {suggestion && (
          <p className="suggest">
            Did you mean{" "}
            <button type="button" className="linkish" onClick={accept}>
              {suggestion}
            </button>
            ? If not, carry on.
          </p>
        )}
      </div>
    </TextField>
  );
}
