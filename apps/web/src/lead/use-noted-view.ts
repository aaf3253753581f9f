import { trpc } from "@intake/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { renewLoaded } from "../leads/loaded-lists";

/** Tells the audit, once per visit, that somebody opened this lead. Nobody is bothered when that fails: reading is not stopped by it. */
export function useNotedView(leadId: string): void {
  const { client, notes, views } = trpc.useUtils();
  const queryClient = useQueryClient();
  const noted = useRef<string>(undefined);
  useEffect(() => {
    if (noted.current === leadId) return;
    noted.current = leadId;
    client.marks.set
      .mutate({ leadIds: [leadId], isRead: true })
      .then(() => {
        renewLoaded(queryClient, leadId, { isUnread: false });
        return views.list.invalidate();
      })
      .catch(() => undefined);
    client.leads.noteView
      .mutate({ leadId })
      .then(() => notes.myMentions.invalidate())
      .catch(() => undefined);
  }, [client, queryClient, notes, views, leadId]);
}
