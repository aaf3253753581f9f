import { trpc } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Claim } from "@intake/core/presence/schema";
import { Hand } from "lucide-react";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { useZone } from "../time/clock";

interface ClaimLineProps {
  leadId: string;
  claim: Claim | null | undefined;
  user: SignedInUser;
}

/** Who writes to this person right now: a warning where it is somebody else, a way to let go where it is oneself. */
export function ClaimLine({ leadId, claim, user }: ClaimLineProps) {
  const { hold, release, isBusy } = useClaim(leadId);
  const zone = useZone();
  if (!claim)
    return can(user, "leads.assign") ? (
      <Button look="quiet" isDisabled={isBusy} onPress={hold} className="justify-self-start">
        <Hand size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
        Hold while I write
      </Button>
    ) : null;
  const until = new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", timeZone: zone },
  }).format(new Date(claim.expiresAt));
  if (claim.isYours)
    return (
      <p role="status" className="flex flex-wrap items-center gap-x-2 text-fg-2">
        You hold it until {until}.
        <Button look="quiet" isDisabled={isBusy} onPress={release}>
          Release
        </Button>
      </p>
    );
  return (
    <Notice tone="warn" announce>
      <p>
        <span className="font-medium">
          {claim.holder.name} holds it until {until}.
        </span>{" "}
        They are about to write to this person. Ask them before you do.
      </p>
    </Notice>
  );
}

/** Holding a lead and letting go of it. */
function useClaim(leadId: string) {
  const utils = trpc.useUtils();
  const settle = () => utils.presence.company.invalidate({ leadId });
  const hold = trpc.presence.claim.useMutation({ onSuccess: settle });
  const release = trpc.presence.release.useMutation({ onSuccess: settle });
  return {
    hold: () => hold.mutate({ leadId }),
    release: () => release.mutate({ leadId }),
    isBusy: hold.isPending || release.isPending,
  };
}
