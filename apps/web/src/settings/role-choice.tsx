import { roleWords } from "@intake/core/auth/policy";
import { type Role, roles } from "@intake/core/auth/schema";
import { inputClass } from "../parts/field";

interface RoleChoiceProps {
  /** Whose role it is. */
  name: string;
  role: Role;
  onChoose: (role: Role) => void;
  isDisabled: boolean;
  describedBy?: string | undefined;
}

/** A role that is saved as soon as another is chosen. */
export function RoleChoice({ name, role, onChoose, isDisabled, describedBy }: RoleChoiceProps) {
  return (
    <select
      aria-label={`Role of ${name}`}
      aria-describedby={describedBy}
      disabled={isDisabled}
      value={role}
      onChange={(event) => {
        const chosen = roles.find((each) => each === event.target.value);
        if (chosen) onChoose(chosen);
      }}
      className={`${inputClass} font-medium disabled:bg-sunken disabled:text-fg-2`}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {roleWords[each]}
        </option>
      ))}
    </select>
  );
}
