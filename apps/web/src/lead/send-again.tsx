import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { LeadEvent } from "@intake/core/leads/schema";
import { RotateCw } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";

const SendAnywayDialog = lazy(() =>
  import("./send-anyway-dialog").then((module) => ({ default: module.SendAnywayDialog })),
);

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
        <Suspense>
          <SendAnywayDialog
            to={to}
            isSending={send.isPending}
            onSend={go}
            onClose={() => setIsAsking(false)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
