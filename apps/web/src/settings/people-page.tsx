import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { People as Office } from "@intake/core/people/schema";
import { Lock, UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { usePageTitle } from "../shell/page-title";
import { useIsNarrow } from "../shell/use-is-narrow";
import { EndSessionsDialog } from "./end-sessions-dialog";
import { InviteDialog } from "./invite-dialog";
import { NotifySection } from "./notify-section";
import { OfficeSection } from "./office-section";
import { PeopleCards } from "./people-cards";
import { PeopleTable } from "./people-table";
import { lastAdminNoteId } from "./person-parts";
import { RoleSection } from "./role-section";
import { Section } from "./section";
import { WithPermission } from "./with-permission";

/** Who is here, what each role may do, and the office's choices. */
export function PeoplePage() {
  usePageTitle("People and roles");
  return (
    <WithPermission permission="people.manage">
      <People />
    </WithPermission>
  );
}

function People() {
  const list = trpc.people.list.useQuery();
  const [isInviting, setInviting] = useState(false);
  const [isEndingAll, setEndingAll] = useState(false);
  if (list.isError && !list.data) {
    return (
      <MessagePage
        title="The people could not be loaded"
        actions={
          <Button look="primary" onPress={() => list.refetch()}>
            Try again
          </Button>
        }
      >
        <p>{readFailure(list.error).message}</p>
      </MessagePage>
    );
  }
  const { people = [], invitations = [] } = list.data ?? {};
  const active = people.filter(({ isActive }) => isActive).length;
  return (
    <>
      <Section
        title="People"
        about={
          list.data
            ? `${count(active, "person", "people")}, ${count(invitations.length, "invitation", "invitations")} open`
            : "Loading"
        }
        actions={
          <Button look="primary" onPress={() => setInviting(true)}>
            <UserPlus size={16} strokeWidth={1.75} aria-hidden />
            Invite
          </Button>
        }
      >
        {list.data ? <Everybody people={people} invitations={invitations} /> : <Skeleton />}
      </Section>
      {list.data ? (
        // Not before the list above has its height.
        <>
          <RoleSection />
          <NotifySection addresses={list.data.notifyAddresses} isFixed={list.data.leadMailIsFixed} />
          <OfficeSection />
          <Section
            title="Everybody’s sessions"
            about="For when a laptop or a password is in strange hands and it is not clear whose."
            actions={<Button onPress={() => setEndingAll(true)}>Sign everybody out</Button>}
          />
        </>
      ) : null}
      {isEndingAll ? <EndSessionsDialog onClose={() => setEndingAll(false)} /> : null}
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  );
}

/** Everybody with an account, then the open invitations, then those who were here. */
function Everybody({ people, invitations }: Pick<Office, "people" | "invitations">) {
  const Rows = useIsNarrow() ? PeopleCards : PeopleTable;
  const lastAdmin = people.find(({ isLastAdmin }) => isLastAdmin);
  return (
    <>
      <Rows
        active={people.filter(({ isActive }) => isActive)}
        invitations={invitations}
        deactivated={people.filter(({ isActive }) => !isActive)}
      />
      {lastAdmin ? (
        <p id={lastAdminNoteId} className="flex gap-1.5 text-xs text-fg-3">
          <Lock size={12} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          {lastAdmin.name} is the last admin. Make somebody else an admin before changing this role.
        </p>
      ) : null}
    </>
  );
}

function Skeleton() {
  return <div aria-hidden className="h-52 rounded-3 border border-line bg-sunken" />;
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
