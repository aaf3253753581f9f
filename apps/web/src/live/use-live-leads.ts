import { trpc } from "@intake/client/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { loadedLeads, renewLoaded } from "../leads/loaded-lists";
import { hearNews } from "./live-news";

/**
 * For a screen with a list of leads: rows that change elsewhere are brought up to date where they stand, and leads that come in are only
 * counted, so that the person decides when rows move. `seen` starts counting anew, after the list was asked for again.
 */
export function useLiveLeads(): { newCount: number; seen: () => void } {
  const { client } = trpc.useUtils();
  const queryClient = useQueryClient();
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const isShown = (leadId: string) => loadedLeads(queryClient).some(({ id }) => id === leadId);
    return hearNews(({ changes }) => {
      const came = changes.filter(({ kinds }) => kinds.includes("created")).map(({ leadId }) => leadId);
      if (came.length > 0) setNewIds((known) => new Set([...known, ...came]));
      const changed = changes.filter(({ leadId, kinds }) => !isOnlyPresence(kinds) && isShown(leadId));
      for (const { leadId } of changed)
        client.leads.byId.query({ leadId }).then(
          (lead) => renewLoaded(queryClient, leadId, lead),
          // What does not come now comes with the next look at the list.
          () => undefined,
        );
    });
  }, [client, queryClient]);
  return { newCount: newIds.size, seen: () => setNewIds(new Set()) };
}

function isOnlyPresence(kinds: readonly string[]): boolean {
  return kinds.every((kind) => kind === "presence" || kind === "claim");
}
