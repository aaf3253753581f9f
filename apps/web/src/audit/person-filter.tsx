import { trpc } from "@intake/client/react";
import { FilterChoice } from "./filter-choice";

interface PersonFilterProps {
  userId: string | undefined;
  onChoose: (userId: string) => void;
}

/** Everybody who has or had an account: what they did, and what was done to their account. */
export function PersonFilter({ userId, onChoose }: PersonFilterProps) {
  const people = trpc.people.list.useQuery().data?.people ?? [];
  return (
    <FilterChoice label="Person" value={userId} onChange={onChoose}>
      <option value="">Everybody</option>
      {/* Until the people are here, and for a link to somebody unknown. */}
      {userId && !people.some(({ id }) => id === userId) ? <option value={userId}>One person</option> : null}
      {people.map(({ id, name, isActive }) => (
        <option key={id} value={id}>
          {isActive ? name : `${name} (deactivated)`}
        </option>
      ))}
    </FilterChoice>
  );
}
