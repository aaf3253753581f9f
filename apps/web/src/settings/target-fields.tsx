import { CircleAlert } from "lucide-react";
import { useId } from "react";
import { inputClass } from "../parts/field";
import type { OfficeDraft } from "./office-draft";

interface TargetFieldsProps {
  draft: Pick<OfficeDraft, "hours" | "minutes">;
  problem: string | undefined;
  onChange: (part: Partial<OfficeDraft>) => void;
}

/** The response target in hours and minutes. */
export function TargetFields({ draft, problem, onChange }: TargetFieldsProps) {
  const id = useId();
  return (
    <fieldset className="grid gap-1">
      <legend className="sr-only">Answer within</legend>
      {problem ? (
        <p id={id} className="flex gap-1.5 text-danger">
          <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          <span>{problem}</span>
        </p>
      ) : null}
      <div className="flex flex-wrap gap-4">
        {(["hours", "minutes"] as const).map((unit) => (
          <label key={unit} className="flex items-center gap-2 text-fg-2">
            <input
              inputMode="numeric"
              autoComplete="off"
              value={draft[unit]}
              onChange={(event) => onChange({ [unit]: event.target.value })}
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem ? id : undefined}
              className={`${inputClass} num max-w-16`}
            />
            {unit}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
