import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { LeadEvent } from "@intake/core/leads/schema";
import { RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { showToast } from "../shell/toast-store";

type Mail = NonNullable<LeadEvent["mail"]>;

interface SendAgainProps {
  leadId: string;
  /** Address it goes to. */
  to: string;
  again: NonNullable<Mail["again"]>;
}

/** Sends a mail that did not arrive once more; where the address takes none, only after saying so. */
export function SendAgain({ leadId, to, again }: SendAgainProps) {
  const user = useUser();
  const [isAsking, setIsAsking] = useState(false);
  const utils = trpc.useUtils();
  const send = trpc.leads.sendMailAgain.useMutation({
    onSuccess: () => showToast({ tone: "done", text: `On its way again to ${to}.` }),
    onSettled: () => {
      setIsAsking(false);
      return utils.leads.events.invalidate({ leadId });
    },
  });
  if (!user || !can(user, "leads.update-status")) return null;
  const { mailId, addressRefuses } = again;
  const go = () => send.mutate({ leadId, mailId, knowsAddressRefuses: addressRefuses });
  return (
    <div className="mt-1.5 print:hidden">
      <Button
        aria-label={`Send again to ${to}`}
        // What came of it stands in its place soon: until then a second press does nothing.
        isDisabled={send.isPending || send.isSuccess}
        onPress={() => (addressRefuses ? setIsAsking(true) : go())}
      >
        <RotateCw size={16} strokeWidth={1.75} aria-hidden />
        {send.isPending || send.isSuccess ? "Sending again" : "Send again"}
      </Button>
      {isAsking ? (
        <DialogFrame title={`Send again to ${to}?`} onClose={() => setIsAsking(false)}>
          <p className="text-fg-2">
            This address took no mail before, so the provider holds mail to it back. Sent again it arrives
            only if the address works now and was taken off the provider’s list. A call may be the better way.
          </p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" autoFocus isDisabled={send.isPending} onPress={go}>
              {send.isPending ? "Sending again" : "Send anyway"}
            </Button>
            <Button look="quiet" onPress={() => setIsAsking(false)}>
              Cancel
            </Button>
          </div>
        </DialogFrame>
      ) : null}
    </div>
  );
}
