import type { ActiveColleague } from "@intake/core/assignment/schema";
import type { Lead } from "@intake/core/leads/schema";
import { Check } from "lucide-react";
import { Autocomplete, useFilter } from "react-aria-components/Autocomplete";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Input, SearchField } from "react-aria-components/SearchField";
import { Avatar } from "../parts/avatar";
import { inputClass } from "../parts/field";
import { awayWords } from "../time/moments";

interface AssigneeChoicesProps {
  people: ActiveColleague[];
  assignee: Lead["assignee"];
  onChoose: (assignee: { id: string; name: string } | null) => void;
}

const itemClass =
  "flex min-h-(--control-h) items-center gap-2 rounded-2 px-2 outline-none data-focused:bg-hover pointer-coarse:min-h-(--touch-h)";

/** Colleagues to choose from, found by typing. */
export function AssigneeChoices({ people, assignee, onChoose }: AssigneeChoicesProps) {
  const { contains } = useFilter({ sensitivity: "base" });
  return (
    <Autocomplete filter={contains}>
      <SearchField aria-label="Find a colleague" autoFocus className="border-b border-line p-2">
        <Input placeholder="Find a colleague" className={inputClass} />
      </SearchField>
      <Menu
        aria-label="Colleagues"
        className="max-h-72 overflow-auto p-1 outline-none"
        renderEmptyState={() => <p className="px-2 py-1.5 text-fg-2">Nobody here is called so.</p>}
      >
        {people.map(({ id, name, isYou, awayUntil }) => (
          <MenuItem
            key={id}
            id={id}
            textValue={isYou ? `${name} me you` : name}
            onAction={() => onChoose({ id, name })}
            className={itemClass}
          >
            <Avatar name={name} />
            <span className="min-w-0 flex-1 truncate">
              {name}
              {isYou ? <span className="text-fg-3"> (you)</span> : null}
            </span>
            {awayUntil ? <span className="flex-none text-xs text-fg-3">{awayWords(awayUntil)}</span> : null}
            {assignee?.id === id ? (
              <>
                <Check size={14} strokeWidth={1.75} aria-hidden className="flex-none text-ink" />
                <span className="sr-only">in charge now</span>
              </>
            ) : null}
          </MenuItem>
        ))}
        {assignee ? (
          <MenuItem id="nobody" textValue="Nobody" onAction={() => onChoose(null)} className={itemClass}>
            <span
              aria-hidden
              className="size-[1.375rem] flex-none rounded-full border border-dashed border-line-strong"
            />
            Nobody
          </MenuItem>
        ) : null}
      </Menu>
    </Autocomplete>
  );
}
