import { trpc } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import type { Claim } from "@intake/core/presence/schema";
import { useState } from "react";
import { openMail } from "./contact";

/** What somebody was about to do with a lead that a colleague holds. */
export interface Intent {
  kind: "write" | "mark";
  claim: Claim;
  goOn: () => void;
}

interface HoldOptions {
  lead: Lead;
  user: SignedInUser;
  claim: Claim | null | undefined;
}

/**
 * Who begins to write holds the lead, so that nobody else writes at the same time. While a colleague holds it, writing and marking ask
 * first; nothing is blocked.
 */
export function useHold({ lead, user, claim }: HoldOptions) {
  const { presence } = trpc.useUtils();
  const leadId = lead.id;
  const onSuccess = () => presence.company.invalidate({ leadId });
  const holding = trpc.presence.claim.useMutation({ onSuccess });
  const releasing = trpc.presence.release.useMutation({ onSuccess });
  const [intent, setIntent] = useState<Intent | null>(null);
  const mayHold = can(user, "leads.assign");

  const heldByOther = claim && !claim.isYours ? claim : null;
  const ask = (kind: Intent["kind"], by: Claim, goOn: () => void) => setIntent({ kind, claim: by, goOn });
  const openIt = () => openMail(lead);

  async function holdAndWrite(): Promise<void> {
    // A hold that cannot be taken is told, and keeps nobody from writing.
    const taken = mayHold ? await holding.mutateAsync({ leadId }).catch(() => null) : null;
    if (taken && !taken.isYours) ask("write", taken, openIt);
    else openIt();
  }

  return {
    write: () => (heldByOther ? ask("write", heldByOther, openIt) : void holdAndWrite()),
    mark(change: () => void): void {
      if (heldByOther) ask("mark", heldByOther, change);
      else change();
      // What was to be written has been.
      if (claim?.isYours) releasing.mutate({ leadId });
    },
    hold: mayHold ? () => holding.mutate({ leadId }) : undefined,
    release: () => releasing.mutate({ leadId }),
    isBusy: holding.isPending || releasing.isPending,
    intent,
    closeIntent: () => setIntent(null),
  };
}

export type Hold = ReturnType<typeof useHold>;
