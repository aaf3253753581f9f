import { trpc } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import type { Invitation } from "@intake/core/people/schema";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { useZone } from "../time/clock";
import { exactMoment } from "../time/moments";
import { RowMenu } from "./row-menu";

/** An invitation that nobody has accepted yet. */
export function InvitationRow({ invitation }: { invitation: Invitation }) {
  const utils = trpc.useUtils();
  const zone = useZone();
  const { id: invitationId, email, isExpired } = invitation;
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
  const until = exactMoment(new Date(invitation.expiresAt), zone);
  const story = `Invited by ${invitation.invitedBy}; the link ${isExpired ? `ended ${until}` : `works until ${until}`}`;
  return (
    <tr className="h-(--row-h) border-b border-line">
      <th scope="row" className="pe-3 text-start font-normal">
        <span className="flex items-center gap-2.5">
          <span
            aria-hidden
            className="inline-grid size-[1.375rem] flex-none place-items-center rounded-full bg-sunken text-[0.625rem] font-semibold text-fg-3"
          >
            ?
          </span>
          <span className="min-w-0">
            <span className="block truncate text-md" title={email}>
              {email}
            </span>
            <span className="block truncate text-xs text-fg-3" title={story}>
              {story}
            </span>
          </span>
        </span>
      </th>
      <td>{roleWords[invitation.role]}</td>
      <td className="text-fg-3">{isExpired ? "Link ended" : "Invited"}</td>
      <td className="text-fg-3">Never</td>
      <td>
        <span className="flex items-center justify-end gap-1">
          <Button isDisabled={resend.isPending} onPress={() => resend.mutate({ invitationId })}>
            Send again
          </Button>
          <RowMenu name={email} actions={[{ label: "Revoke", run: () => revoke.mutate({ invitationId }) }]} />
        </span>
      </td>
    </tr>
  );
}
