import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { useZone } from "../time/clock";
import { heldUntil } from "./claim-line";
import type { Intent } from "./use-hold";

const goOnWords = { write: "Write all the same", mark: "Mark it all the same" };

/** Asks before two people write to one prospect. It warns; it does not forbid. */
export function HeldDialog({ intent, onClose }: { intent: Intent; onClose: () => void }) {
  const zone = useZone();
  const { kind, claim, goOn } = intent;
  return (
    <DialogFrame title={heldUntil(claim, zone)} onClose={onClose}>
      <p className="text-fg-2">
        They are about to write to this person. Ask them first: the prospect should hear from one of you.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onPress={onClose}>
          Leave it to {claim.holder.name}
        </Button>
        <Button
          onPress={() => {
            onClose();
            goOn();
          }}
        >
          {goOnWords[kind]}
        </Button>
      </div>
    </DialogFrame>
  );
}
