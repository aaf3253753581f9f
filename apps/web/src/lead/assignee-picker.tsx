import { trpc } from "@intake/client/react";
import type { ActiveColleague } from "@intake/core/assignment/schema";
import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { Check, ChevronDown } from "lucide-react";
import { Autocomplete, useFilter } from "react-aria-components/Autocomplete";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components/Menu";
import { Input, SearchField } from "react-aria-components/SearchField";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";
import { KeyCap } from "../parts/key-cap";
import { dayWords } from "../time/moments";

interface AssigneePickerProps {
  lead: Lead;
  user: SignedInUser;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onAssign: (assignee: { id: string; name: string } | null) => void;
}

/** Who is in charge, and whoever may change that can. */
export function AssigneePicker({ lead, user, isOpen, onOpenChange, onAssign }: AssigneePickerProps) {
  const { assignee } = lead;
  const colleagues = trpc.leads.colleagues.useQuery(undefined, { staleTime: 60_000 });
  const hasLeft = assignee && colleagues.data && !colleagues.data.some(({ id }) => id === assignee.id);
  const words = !assignee
    ? "Nobody yet"
    : assignee.id === user.id
      ? "You"
      : `${assignee.name}${hasLeft ? " (left)" : ""}`;
  const name = (
    <>
      {assignee ? <Avatar name={assignee.name} /> : null}
      <span className={`truncate ${assignee ? "" : "text-fg-2"}`}>{words}</span>
    </>
  );
  if (!can(user, "leads.assign"))
    return (
      <span title={explainDenial("leads.assign")} className="flex items-center gap-1.5">
        {name}
      </span>
    );
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button look="quiet" className="-my-1.5 -ms-2 max-w-full px-2 font-normal text-fg">
        <span className="sr-only">With </span>
        {name}
        <span className="sr-only">. Assign</span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden className="print:hidden flex-none text-fg-3" />
        <KeyCap>A</KeyCap>
      </Button>
      <Popover
        placement="bottom start"
        className="rise z-(--z-popover) w-72 max-w-[calc(100vw-2rem)] rounded-3 border border-line-2 bg-raised shadow-2"
      >
        <Choices
          people={inOrder(colleagues.data ?? [])}
          assignee={assignee}
          onChoose={(chosen) => {
            onOpenChange(false);
            onAssign(chosen);
          }}
        />
      </Popover>
    </MenuTrigger>
  );
}

/** Oneself first, then who is here, then who is away; who only reads is not in it. */
function inOrder(colleagues: ActiveColleague[]): ActiveColleague[] {
  const rank = ({ isYou, awayUntil }: ActiveColleague) => (isYou ? 0 : awayUntil === null ? 1 : 2);
  return colleagues.filter(({ takesPart }) => takesPart).sort((left, right) => rank(left) - rank(right));
}

interface ChoicesProps {
  people: ActiveColleague[];
  assignee: Lead["assignee"];
  onChoose: (assignee: { id: string; name: string } | null) => void;
}

const itemClass =
  "flex min-h-(--control-h) items-center gap-2 rounded-2 px-2 outline-none data-focused:bg-hover pointer-coarse:min-h-(--touch-h)";

function Choices({ people, assignee, onChoose }: ChoicesProps) {
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
            {awayUntil ? (
              <span className="flex-none text-xs text-fg-3">
                {awayUntil === "open" ? "away" : `away until ${dayWords(awayUntil)}`}
              </span>
            ) : null}
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
