import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { usePageTitle } from "../shell/page-title";
import { InviteDialog } from "./invite-dialog";
import { NotifySection } from "./notify-section";
import { OfficeSection } from "./office-section";
import { PeopleTable } from "./people-table";
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
        {list.data ? <PeopleTable people={people} invitations={invitations} /> : null}
      </Section>
      <RoleSection />
      {list.data ? (
        <NotifySection addresses={list.data.notifyAddresses} isFixed={list.data.leadMailIsFixed} />
      ) : null}
      <OfficeSection />
      {isInviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </>
  );
}

function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`;
}
