import { trpc } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import type { Role } from "@intake/core/auth/schema";
import type { Invitation } from "@intake/core/people/schema";
import { Mail } from "lucide-react";
import { showToast } from "../shell/toast-store";
import { useZone } from "../time/clock";
import { exactMoment } from "../time/moments";
import { RoleChoice } from "./role-choice";
import { RowMenu } from "./row-menu";

interface InvitationProps {
  invitation: Invitation;
}

/** Whom it went to, from whom, and until when its link works. */
export function InvitationName({ invitation: { email, invitedBy, expiresAt, isExpired } }: InvitationProps) {
  const until = exactMoment(new Date(expiresAt), useZone());
  const story = `Invited by ${invitedBy}; the link ${isExpired ? `ended ${until}` : `works until ${until}`}`;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden
        className="inline-grid size-[1.375rem] flex-none place-items-center rounded-full bg-sunken text-fg-3"
      >
        <Mail size={12} strokeWidth={1.75} />
      </span>
      <span className="min-w-0">
        <span className="block truncate text-md" title={email}>
          {email}
        </span>
        <span className="block text-xs text-fg-3 max-md:wrap-anywhere md:truncate" title={story}>
          {story}
        </span>
      </span>
    </span>
  );
}

/** The role it brings; a change holds for the link that was sent, and can be taken back. */
export function InvitationRole({ invitation: { id: invitationId, email, role: before } }: InvitationProps) {
  const utils = trpc.useUtils();
  const change = trpc.people.changeInvitationRole.useMutation({
    onSettled: () => utils.people.list.invalidate(),
  });

  function choose(role: Role): void {
    const takeBack = () => change.mutate({ invitationId, role: before });
    change.mutate(
      { invitationId, role },
      {
        onSuccess: () =>
          showToast({
            tone: "done",
            text: `${email} is now invited as ${roleWords[role]}.`,
            action: { label: "Undo", run: takeBack },
          }),
      },
    );
  }

  return (
    <RoleChoice
      name={email}
      role={change.isPending ? change.variables.role : before}
      onChoose={choose}
      isDisabled={change.isPending}
    />
  );
}

/** A fresh link, or none any more. */
export function InvitationMenu({ invitation: { id: invitationId, email } }: InvitationProps) {
  const utils = trpc.useUtils();
  const done = (text: string) => () => {
    showToast({ tone: "done", text });
    return utils.people.list.invalidate();
  };
  const resend = trpc.people.resendInvitation.useMutation({
    onSuccess: done(`A new link to ${email} is on its way; the old one has ended.`),
  });
  const revoke = trpc.people.revokeInvitation.useMutation({
    onSuccess: done(`The invitation of ${email} is revoked.`),
  });
  return (
    <RowMenu
      name={email}
      actions={[
        { label: "Send again", run: () => resend.mutate({ invitationId }) },
        { label: "Revoke", run: () => revoke.mutate({ invitationId }) },
      ]}
    />
  );
}
