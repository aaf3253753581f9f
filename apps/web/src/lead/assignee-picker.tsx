import { trpc } from "@intake/client/react";
import type { ActiveColleague } from "@intake/core/assignment/schema";
import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { ChevronDown } from "lucide-react";
import { lazy, Suspense } from "react";
import { MenuTrigger, Popover } from "react-aria-components/Menu";
import { Avatar } from "../parts/avatar";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";

const AssigneeChoices = lazy(() =>
  import("./assignee-choices").then((module) => ({ default: module.AssigneeChoices })),
);

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
  const words = !assignee
    ? "Nobody yet"
    : assignee.id === user.id
      ? "You"
      : `${assignee.name}${assignee.hasLeft ? " (left)" : ""}`;
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
        <Suspense>
          <AssigneeChoices
            people={inOrder(colleagues.data ?? [])}
            assignee={assignee}
            onChoose={(chosen) => {
              onOpenChange(false);
              onAssign(chosen);
            }}
          />
        </Suspense>
      </Popover>
    </MenuTrigger>
  );
}

/** Oneself first, then who is here, then who is away; who only reads is not in it. */
function inOrder(colleagues: ActiveColleague[]): ActiveColleague[] {
  const rank = ({ isYou, awayUntil }: ActiveColleague) => (isYou ? 0 : awayUntil === null ? 1 : 2);
  return colleagues.filter(({ takesPart }) => takesPart).sort((left, right) => rank(left) - rank(right));
}
