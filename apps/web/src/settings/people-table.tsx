import type { Invitation, Person } from "@intake/core/people/schema";
import { Moment } from "../time/moment";
import { InvitationMenu, InvitationName, InvitationRole } from "./invitation-parts";
import { PersonMenu, PersonName, PersonRole, SecondFactor } from "./person-parts";

export interface PeopleProps {
  /** In the order they are shown. */
  active: Person[];
  invitations: Invitation[];
  deactivated: Person[];
}

/** Everybody with an account, then the open invitations, then those who were here. */
export function PeopleTable({ active, invitations, deactivated }: PeopleProps) {
  return (
    <table aria-label="People" className="w-full table-fixed border-collapse">
      <thead>
        <tr className="border-b border-line text-xs text-fg-2 [&>th]:py-2 [&>th]:text-start [&>th]:font-medium">
          <th scope="col">Name</th>
          <th scope="col" className="w-30">
            Role
          </th>
          <th scope="col" className="w-38 ps-3">
            Second factor
          </th>
          <th scope="col" className="w-30">
            Last active
          </th>
          <th scope="col" className="w-10">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {active.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
        {deactivated.map((person) => (
          <PersonRow key={person.id} person={person} />
        ))}
      </tbody>
    </table>
  );
}

const row = "h-(--row-h) border-b border-line";

function PersonRow({ person }: { person: Person }) {
  return (
    <tr className={person.isActive ? row : `${row} text-fg-3`}>
      <th scope="row" className="pe-3 text-start font-normal">
        <PersonName person={person} />
      </th>
      <td>
        <PersonRole person={person} />
      </td>
      <td className="ps-3">{person.isActive ? <SecondFactor person={person} /> : "Deactivated"}</td>
      <td>{person.lastActiveAt ? <Moment standsAlone at={person.lastActiveAt} /> : "Never"}</td>
      <td className="text-end">
        <PersonMenu person={person} />
      </td>
    </tr>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  return (
    <tr className={row}>
      <th scope="row" className="pe-3 text-start font-normal">
        <InvitationName invitation={invitation} />
      </th>
      <td>
        <InvitationRole invitation={invitation} />
      </td>
      <td className="ps-3 text-fg-3">{invitation.isExpired ? "Link ended" : "Invited"}</td>
      <td className="text-fg-3">Never</td>
      <td className="text-end">
        <InvitationMenu invitation={invitation} />
      </td>
    </tr>
  );
}
