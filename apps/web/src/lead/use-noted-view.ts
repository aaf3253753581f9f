import { trpc } from "@intake/client/react";
import { useEffect, useRef } from "react";

/** Tells the audit, once per visit, that somebody opened this lead. Nobody is bothered when that fails: reading is not stopped by it. */
export function useNotedView(leadId: string): void {
  const { client, notes } = trpc.useUtils();
  const noted = useRef<string>(undefined);
  useEffect(() => {
    if (noted.current === leadId) return;
    noted.current = leadId;
    client.marks.set.mutate({ leadIds: [leadId], isRead: true }).catch(() => undefined);
    client.leads.noteView
      .mutate({ leadId })
      .then(() => notes.myMentions.invalidate())
      .catch(() => undefined);
  }, [client, notes, leadId]);
}
