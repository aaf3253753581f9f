import { useQueryClient } from "@tanstack/react-query";
import { CloudOff, RotateCw } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { useZone } from "../time/clock";
import { useConnection } from "./connection";

const words = {
  offline: "You are offline. What you see was loaded before; changes cannot be saved.",
  unreachable: "Intake does not answer. What you see was loaded before.",
};

/** Says across the top that nothing gets through, until something does. */
export function ConnectionBanner() {
  const connection = useConnection();
  return (
    <div role="status" className="print:hidden">
      {connection === "fine" ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-pending-bg px-6 py-2 text-fg max-md:px-4">
          <CloudOff size={16} strokeWidth={1.75} aria-hidden className="flex-none text-pending" />
          <p className="min-w-0 flex-1 basis-48">{words[connection]}</p>
          <Retry />
        </div>
      )}
    </div>
  );
}

/** Asks again for everything on the screen, and says so when that was in vain. It goes with the banner when it was not. */
function Retry() {
  const queryClient = useQueryClient();
  const zone = useZone();
  const [isTrying, setTrying] = useState(false);
  const [triedAt, setTriedAt] = useState<Date | null>(null);

  async function retry(): Promise<void> {
    setTrying(true);
    await queryClient.refetchQueries({ type: "active" });
    setTrying(false);
    setTriedAt(new Date());
  }

  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium", timeZone: zone });
  return (
    <>
      {triedAt && !isTrying ? (
        <p className="num text-fg-2">Still nothing at {time.format(triedAt)}.</p>
      ) : null}
      <Button isDisabled={isTrying} onPress={() => void retry()}>
        <RotateCw size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
        {isTrying ? "Trying…" : "Try again"}
      </Button>
    </>
  );
}
