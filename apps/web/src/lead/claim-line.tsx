import type { Claim } from "@intake/core/presence/schema";
import { Hand } from "lucide-react";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { useZone } from "../time/clock";
import type { Hold } from "./use-hold";

interface OwnHoldProps {
  claim: Claim | null | undefined;
  hold: Hold;
  /** Whether the lead waits for an answer; holding another one is possible, but not offered. */
  isPending: boolean;
}

/** Until when one holds a lead, and a way to let go of it; or a way to hold it, for a call or a letter. */
export function OwnHold({ claim, hold, isPending }: OwnHoldProps) {
  const zone = useZone();
  if (claim)
    return (
      <p role="status" className="print:hidden flex flex-wrap items-center gap-x-1 text-fg-2">
        {heldUntil(claim, zone)}.
        <Button look="quiet" isDisabled={hold.isBusy} onPress={hold.release}>
          Release
        </Button>
      </p>
    );
  return hold.hold && isPending ? (
    <Button
      look="quiet"
      isDisabled={hold.isBusy}
      onPress={hold.hold}
      className="print:hidden -ms-2.75 justify-self-start"
    >
      <Hand size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
      Hold while I write
    </Button>
  ) : null;
}

/** A colleague writes to this person right now: nobody else should. */
export function HeldByOther({ claim }: { claim: Claim }) {
  return (
    <Notice tone="warn" announce>
      <p>
        <span className="font-medium">{heldUntil(claim, useZone())}.</span> They are about to write to this
        person. Ask them before you do.
      </p>
    </Notice>
  );
}

/** "Jonas Meyer holds it until 09:41". */
export function heldUntil({ holder, isYours, expiresAt }: Claim, timeZone: string): string {
  const until = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone });
  return `${isYours ? "You hold" : `${holder.name} holds`} it until ${until.format(new Date(expiresAt))}`;
}
