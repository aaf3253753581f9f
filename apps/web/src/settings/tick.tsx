interface TickProps {
  label: string;
  isOn: boolean;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
}

/** One choice of the settings, on or off. */
export function Tick({ label, isOn, isDisabled = false, onChange }: TickProps) {
  return (
    <label className="flex min-h-(--control-h) items-center gap-2">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 flex-none accent-(--ink)"
      />
      {label}
    </label>
  );
}
