import { trpc } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import { type Role, roles } from "@intake/core/auth/schema";
import type { Person } from "@intake/core/people/schema";
import { ShieldCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../parts/avatar";
import { inputClass } from "../parts/field";
import { showToast } from "../shell/toast-store";
import { useNow, useZone } from "../time/clock";
import { describeMoment } from "../time/moments";
import { DeactivateDialog } from "./deactivate-dialog";
import { RowMenu } from "./row-menu";

/** One person: role, second factor, last activity, and what can be done. */
export function PersonRow({ person, isMe }: { person: Person; isMe: boolean }) {
  const now = useNow();
  const zone = useZone();
  const { lastActiveAt, isActive } = person;
  return (
    <tr className={`h-(--row-h) border-b border-line ${isActive ? "" : "text-fg-3"}`}>
      <th scope="row" className="pe-3 text-start font-normal">
        <span className="flex items-center gap-2.5">
          <Avatar name={person.name} />
          <span className="min-w-0">
            <span className="block truncate text-md" title={person.name}>
              {person.name}
              {isMe ? <span className="text-xs text-fg-3"> you</span> : null}
            </span>
            <span className="block truncate text-xs text-fg-3" title={person.email}>
              {person.email}
            </span>
          </span>
        </span>
      </th>
      <td className="pe-3">{isActive ? <RoleChoice person={person} /> : roleWords[person.role]}</td>
      <td>{isActive ? <SecondFactor isOn={person.hasSecondFactor} /> : "Deactivated"}</td>
      <td className="num">{lastActiveAt ? describeMoment(new Date(lastActiveAt), now, zone) : "Never"}</td>
      <td className="text-end">
        <PersonMenu person={person} />
      </td>
    </tr>
  );
}

function SecondFactor({ isOn }: { isOn: boolean }) {
  const Icon = isOn ? ShieldCheck : TriangleAlert;
  return (
    <span className={`flex items-center gap-1.5 ${isOn ? "text-done" : "text-pending"}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      {isOn ? "Set up" : "Not set up"}
    </span>
  );
}

function RoleChoice({ person }: { person: Person }) {
  const utils = trpc.useUtils();
  const change = trpc.people.changeRole.useMutation({
    onSettled: () => utils.people.list.invalidate(),
  });

  function choose(role: Role): void {
    change.mutate(
      { userId: person.id, role },
      {
        onSuccess: () =>
          showToast({
            tone: "done",
            text: `${person.name} is now ${roleWords[role]}.`,
            action: {
              label: "Undo",
              run: () => change.mutate({ userId: person.id, role: person.role }),
            },
          }),
      },
    );
  }

  return (
    <select
      aria-label={`Role of ${person.name}`}
      aria-describedby={person.isLastAdmin ? "last-admin" : undefined}
      disabled={person.isLastAdmin || change.isPending}
      value={change.isPending ? change.variables.role : person.role}
      onChange={(event) => {
        const role = roles.find((each) => each === event.target.value);
        if (role) choose(role);
      }}
      className={`${inputClass} font-medium disabled:bg-sunken disabled:text-fg-2`}
    >
      {roles.map((role) => (
        <option key={role} value={role}>
          {roleWords[role]}
        </option>
      ))}
    </select>
  );
}

function PersonMenu({ person }: { person: Person }) {
  const utils = trpc.useUtils();
  const [isAsking, setAsking] = useState(false);
  const done = (text: string) => () => {
    showToast({ tone: "done", text });
    return utils.people.list.invalidate();
  };
  const reactivate = trpc.people.reactivate.useMutation({
    onSuccess: done(`${person.name} can sign in again.`),
  });
  const reset = trpc.secondFactor.reset.useMutation({
    onSuccess: done(`${person.name} can sign in without the second factor.`),
  });
  const actions = person.isActive
    ? [
        ...(person.hasSecondFactor
          ? [{ label: "Remove second factor", run: () => reset.mutate({ userId: person.id }) }]
          : []),
        ...(person.isLastAdmin ? [] : [{ label: "Deactivate", run: () => setAsking(true) }]),
      ]
    : [{ label: "Reactivate", run: () => reactivate.mutate({ userId: person.id }) }];
  if (actions.length === 0) return null;
  return (
    <>
      <RowMenu name={person.name} actions={actions} />
      {isAsking ? <DeactivateDialog person={person} onClose={() => setAsking(false)} /> : null}
    </>
  );
}
