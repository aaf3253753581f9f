import { type AssignmentMode, assignmentModes } from "@intake/core/office/schema";
import { modeWords } from "./mode-words";

interface ModeChoiceProps {
  mode: AssignmentMode;
  onChange: (mode: AssignmentMode) => void;
}

/** How a new lead gets somebody who is in charge of it. */
export function ModeChoice({ mode, onChange }: ModeChoiceProps) {
  return (
    <fieldset className="grid gap-2">
      <legend className="sr-only">New leads</legend>
      {assignmentModes.map((each) => (
        <label key={each} className="flex items-start gap-2">
          <input
            type="radio"
            name="mode"
            checked={mode === each}
            onChange={() => onChange(each)}
            className="mt-0.5 size-4 flex-none accent-(--ink)"
          />
          <span>
            <span className="font-medium">{modeWords[each].name}</span>
            <span className="block text-fg-2">{modeWords[each].about}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
