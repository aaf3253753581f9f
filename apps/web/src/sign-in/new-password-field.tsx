import { minPasswordCharacters } from "@intake/core/auth/schema";
import { judgePassword, type PasswordVerdict } from "@intake/core/passwords/policy";
import type { PasswordRules } from "@intake/core/passwords/schema";
import { useEffect, useState } from "react";
import { PasswordField } from "./password-field";

interface NewPasswordFieldProps {
  label: string;
  name: string;
  rules: PasswordRules;
  error?: string | undefined;
}

const words = ["Very weak", "Weak", "Fair", "Good", "Very good"] as const;
const tones = [
  "bg-danger-mark",
  "bg-danger-mark",
  "bg-pending-mark",
  "bg-done-mark",
  "bg-done-mark",
] as const;

/** A new password and how good it is while it is typed, by the judgement the server will make. */
export function NewPasswordField({ rules, ...field }: NewPasswordFieldProps) {
  const [password, setPassword] = useState("");
  const verdict = useVerdict(password, rules);
  return (
    <div className="grid gap-2">
      <PasswordField
        {...field}
        autoComplete="new-password"
        hint={`At least ${minPasswordCharacters} characters; four unrelated words are good. A password manager is welcome.`}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className="min-h-10" aria-live="polite">
        {verdict ? <Strength verdict={verdict} /> : null}
      </div>
    </div>
  );
}

function Strength({ verdict: { score, problem } }: { verdict: PasswordVerdict }) {
  return (
    <>
      <div aria-hidden className="mb-1 grid grid-cols-4 gap-1">
        {[1, 2, 3, 4].map((step) => (
          <span
            key={step}
            className={`h-1 rounded-full ${step <= Math.max(1, score) ? tones[score] : "bg-sunken"}`}
          />
        ))}
      </div>
      <p className="text-fg-2">
        <span className="font-medium text-fg">{words[score]}.</span> {problem ?? "This password can be used."}
      </p>
    </>
  );
}

function useVerdict(password: string, rules: PasswordRules): PasswordVerdict | null {
  const [verdict, setVerdict] = useState<PasswordVerdict | null>(null);
  const missing = minPasswordCharacters - [...password].length;
  useEffect(() => {
    let isCurrent = true;
    if (password === "") {
      setVerdict(null);
    } else if (missing > 0) {
      setVerdict({ score: 0, problem: `${missing} more ${missing === 1 ? "character" : "characters"}.` });
    } else {
      // Without the word lists (no network) there is no meter; the server judges anyway.
      judgePassword(password, rules).then(
        (next) => isCurrent && setVerdict(next),
        () => isCurrent && setVerdict(null),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [password, missing, rules]);
  return verdict;
}
