import { useUser } from "@intake/client/react";
import type { Invitation, Person } from "@intake/core/people/schema";
import { Lock } from "lucide-react";
import { InvitationRow } from "./invitation-row";
import { PersonRow } from "./person-row";

const lastAdminNoteId = "last-admin";

/** Everybody with an account, then the open invitations, then those who were here. */
export function PeopleTable({ people, invitations }: { people: Person[]; invitations: Invitation[] }) {
  const user = useUser();
  const lastAdmin = people.find(({ isLastAdmin }) => isLastAdmin);
  const row = (person: Person) => <PersonRow key={person.id} person={person} isMe={person.id === user?.id} />;
  return (
    <>
      <div className="relative overflow-x-auto">
        <table aria-label="People" className="w-full min-w-184 table-fixed border-collapse">
          <thead>
            <tr className="border-b border-line text-xs text-fg-2 [&>th]:py-2 [&>th]:text-start [&>th]:font-medium">
              <th scope="col">Name</th>
              <th scope="col" className="w-34">
                Role
              </th>
              <th scope="col" className="w-34">
                Second factor
              </th>
              <th scope="col" className="w-36">
                Last active
              </th>
              <th scope="col" className="w-36">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.filter(({ isActive }) => isActive).map(row)}
            {invitations.map((invitation) => (
              <InvitationRow key={invitation.id} invitation={invitation} />
            ))}
            {people.filter(({ isActive }) => !isActive).map(row)}
          </tbody>
        </table>
      </div>
      {lastAdmin ? (
        <p id={lastAdminNoteId} className="flex gap-1.5 text-xs text-fg-3">
          <Lock size={12} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {lastAdmin.name} is the last admin. Make somebody else an admin before changing this role.
        </p>
      ) : null}
    </>
  );
}
