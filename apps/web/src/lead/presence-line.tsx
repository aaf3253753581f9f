import type { Company } from "@intake/core/presence/schema";
import { Avatar } from "../parts/avatar";

/** "Jonas is here, too": who else looks at this lead right now. */
export function PresenceLine({ company }: { company: Company | undefined }) {
  const names = company?.people.map(({ name }) => name) ?? [];
  return (
    <p role="status" className="print:hidden flex min-w-0 items-center gap-1.5 text-fg-2">
      {names.slice(0, 3).map((name) => (
        <Avatar key={name} name={name} />
      ))}
      {names.length > 0 ? <span className="truncate">{sentence(names)}</span> : null}
    </p>
  );
}

function sentence(names: string[]): string {
  const [first = "", second = ""] = names.map((name) => name.split(" ")[0] ?? name);
  if (names.length === 1) return `${first} is here, too`;
  if (names.length === 2) return `${first} and ${second} are here, too`;
  return `${first} and ${names.length - 1} others are here, too`;
}
