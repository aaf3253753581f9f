import type { Invitation, Person } from "@intake/core/people/schema";
import { Moment } from "../time/moment";
import { InvitationMenu, InvitationName, InvitationRole } from "./invitation-parts";
import type { PeopleProps } from "./people-table";
import { PersonMenu, PersonName, PersonRole, SecondFactor } from "./person-parts";

/** The people on a phone. */
export function PeopleCards({ active, invitations, deactivated }: PeopleProps) {
  return (
    <ul aria-label="People" className="border-t border-line">
      {active.map((person) => (
        <PersonCard key={person.id} person={person} />
      ))}
      {invitations.map((invitation) => (
        <InvitationCard key={invitation.id} invitation={invitation} />
      ))}
      {deactivated.map((person) => (
        <PersonCard key={person.id} person={person} />
      ))}
    </ul>
  );
}

const card = "grid gap-2 border-b border-line py-3";

function PersonCard({ person }: { person: Person }) {
  return (
    <li className={person.isActive ? card : `${card} text-fg-3`}>
      <span className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2">
        <PersonName person={person} />
        <PersonMenu person={person} />
      </span>
      <PersonRole person={person} />
      <span className="flex flex-wrap justify-between gap-x-3 text-xs">
        {person.isActive ? <SecondFactor person={person} /> : "Deactivated"}
        <span className="text-fg-2">
          {person.lastActiveAt ? (
            <>
              Last active <Moment at={person.lastActiveAt} />
            </>
          ) : (
            "Never signed in"
          )}
        </span>
      </span>
    </li>
  );
}

function InvitationCard({ invitation }: { invitation: Invitation }) {
  return (
    <li className={card}>
      <span className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-2">
        <InvitationName invitation={invitation} />
        <InvitationMenu invitation={invitation} />
      </span>
      <InvitationRole invitation={invitation} />
    </li>
  );
}
