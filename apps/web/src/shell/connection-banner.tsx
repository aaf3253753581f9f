import { useQueryClient } from "@tanstack/react-query";
import { CloudOff, RotateCw } from "lucide-react";
import { Button } from "../parts/button";
import { useConnection } from "./connection";

const words = {
  offline: "You are offline. What you see was loaded before; changes cannot be saved.",
  unreachable: "Intake does not answer. What you see was loaded before.",
};

/** Says across the top that nothing gets through, until something does. */
export function ConnectionBanner() {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return (
    <div role="status" className="print:hidden">
      {connection === "fine" ? null : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-pending-bg px-6 py-2 text-fg max-md:px-4">
          <CloudOff size={16} strokeWidth={1.75} aria-hidden className="flex-none text-pending" />
          <p className="min-w-0 flex-1">{words[connection]}</p>
          <Button onPress={() => queryClient.refetchQueries({ type: "active" })}>
            <RotateCw size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
            Try again
          </Button>
        </div>
      )}
    </div>
  );
}
