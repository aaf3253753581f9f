import type { ReactNode } from "react";
import { inputClass } from "../parts/field";

interface FilterChoiceProps {
  /** For screen readers: the first option says it to the eye. */
  label: string;
  value: string | undefined;
  onChange: (value: string) => void;
  children: ReactNode;
}

/** A filter that is one of a list and holds as soon as it is chosen. */
export function FilterChoice({ label, value = "", onChange, children }: FilterChoiceProps) {
  return (
    <label className="min-w-0 max-md:flex-1 md:max-w-52">
      <span className="sr-only">{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)} className={inputClass}>
        {children}
      </select>
    </label>
  );
}
