import { useId } from "react";
import { inputClass } from "../parts/field";

interface FilterProps<Value extends string> {
  title: string;
  value: Value | undefined;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value | undefined) => void;
}

/** One of a few, all of them seen at once, or any. */
export function FilterGroup<Value extends string>({ title, value, options, onChange }: FilterProps<Value>) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{title}</legend>
      {[{ value: undefined, label: "Any" }, ...options].map((option) => (
        <label
          key={option.label}
          className="flex min-h-[1.6875rem] items-center gap-2 pointer-coarse:min-h-(--touch-h)"
        >
          <input
            type="radio"
            name={name}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
            className="size-4 accent-(--ink)"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}

/** One of many, or any. */
export function FilterSelect<Value extends string>({ title, value, options, onChange }: FilterProps<Value>) {
  return (
    <label className="grid content-start gap-1">
      <span className="font-medium">{title}</span>
      <select
        value={value ?? ""}
        onChange={(event) => onChange(options.find((option) => option.value === event.target.value)?.value)}
        className={inputClass}
      >
        <option value="">Any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

interface DayFieldProps {
  label: string;
  value: string;
  onChange: (day: string) => void;
}

/** A calendar day, or none. */
export function DayField({ label, value, onChange }: DayFieldProps) {
  return (
    <label className="grid grid-cols-[2.5rem_minmax(0,1fr)] items-center gap-2 text-fg-2">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputClass} min-w-0`}
      />
    </label>
  );
}
