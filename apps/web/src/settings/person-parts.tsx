import { trpc, useUser } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import type { Role } from "@intake/core/auth/schema";
import type { Person } from "@intake/core/people/schema";
import { ShieldCheck, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Avatar } from "../parts/avatar";
import { showToast } from "../shell/toast-store";
import { awayWords } from "../time/moments";
import { DeactivateDialog } from "./deactivate-dialog";
import { RoleChoice } from "./role-choice";
import { RowMenu } from "./row-menu";

/** Where the sentence about the last admin stands. */
export const lastAdminNoteId = "last-admin";

interface PersonProps {
  person: Person;
}

/** Who it is. */
export function PersonName({ person: { id, name, email, awayUntil } }: PersonProps) {
  const isMe = useUser()?.id === id;
  return (
    <span className={`flex min-w-0 items-center gap-2.5 ${awayUntil ? "py-1.5" : ""}`}>
      <Avatar name={name} />
      <span className="min-w-0">
        <span className="block truncate text-md" title={name}>
          {name}
          {isMe ? <span className="text-xs text-fg-3"> you</span> : null}
        </span>
        <span className="block truncate text-xs text-fg-3" title={email}>
          {email}
        </span>
        {awayUntil ? (
          <span className="block text-xs text-pending first-letter:uppercase">{awayWords(awayUntil)}</span>
        ) : null}
      </span>
    </span>
  );
}

/** With what a person proves who they are, beside the password. */
export function SecondFactor({ person: { hasAuthenticator, hasPasskey } }: PersonProps) {
  const isOn = hasAuthenticator || hasPasskey;
  const Icon = isOn ? ShieldCheck : TriangleAlert;
  const both = hasAuthenticator && hasPasskey;
  const one = hasPasskey ? "Passkey" : "Authenticator app";
  return (
    <span className={`flex items-center gap-1.5 ${isOn ? "text-done" : "text-pending"}`}>
      <Icon size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      {isOn ? (both ? "App and passkey" : one) : "Not set up"}
    </span>
  );
}

/** A person's role; a change holds at once and can be taken back. */
export function PersonRole({ person }: PersonProps) {
  const utils = trpc.useUtils();
  const change = trpc.people.changeRole.useMutation({
    onSettled: () => utils.people.list.invalidate(),
  });
  if (!person.isActive) return <>{roleWords[person.role]}</>;

  function choose(role: Role): void {
    const takeBack = () => change.mutate({ userId: person.id, role: person.role });
    change.mutate(
      { userId: person.id, role },
      {
        onSuccess: () =>
          showToast({
            tone: "done",
            text: `${person.name} is now ${roleWords[role]}.`,
            action: { label: "Undo", run: takeBack },
          }),
      },
    );
  }

  return (
    <RoleChoice
      name={person.name}
      role={change.isPending ? change.variables.role : person.role}
      onChoose={choose}
      isDisabled={person.isLastAdmin || change.isPending}
      describedBy={person.isLastAdmin ? lastAdminNoteId : undefined}
    />
  );
}

/** What else can be done with a person; nothing where nothing can. */
export function PersonMenu({ person }: PersonProps) {
  const utils = trpc.useUtils();
  const isMe = useUser()?.id === person.id;
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
  const endSessions = trpc.people.endSessions.useMutation({
    onSuccess: ({ ended }) => done(describeEnded(person.name, ended))(),
  });
  const hasFactor = person.hasAuthenticator || person.hasPasskey;
  const actions = person.isActive
    ? [
        ...(hasFactor
          ? [{ label: "Remove second factor", run: () => reset.mutate({ userId: person.id }) }]
          : []),
        // One's own are on the page about security, which keeps the one in use.
        ...(isMe
          ? []
          : [{ label: "Sign out everywhere", run: () => endSessions.mutate({ userId: person.id }) }]),
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

function describeEnded(name: string, ended: number): string {
  if (ended === 0) return `${name} was not signed in.`;
  return `${name} is signed out: ${ended === 1 ? "one session" : `${ended} sessions`} ended.`;
}
