import { type ComponentProps, useState } from "react";
import { Field } from "../parts/field";

/** A password that can be shown while typing. */
export function PasswordField(props: Omit<ComponentProps<typeof Field>, "type" | "action">) {
  const [isShown, setShown] = useState(false);
  return (
    <Field
      {...props}
      type={isShown ? "text" : "password"}
      spellCheck={false}
      autoCapitalize="none"
      className="min-h-10 pe-18 text-lg"
      action={
        <button
          type="button"
          aria-pressed={isShown}
          aria-label="Show password"
          onClick={() => setShown(!isShown)}
          className="absolute inset-y-1 end-1 rounded-2 px-2 text-xs font-medium text-fg-2 hover:bg-hover hover:text-fg pointer-coarse:min-w-(--touch-h)"
        >
          {isShown ? "Hide" : "Show"}
        </button>
      }
    />
  );
}
