import { trpc } from "@intake/client/react";
import type { Lead, LeadPage } from "@intake/core/leads/schema";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { hearNews } from "./live-news";
import { pathOf } from "./refresh-queries";

type LoadedList = LeadPage | InfiniteData<LeadPage>;

/**
 * For a screen with a list of leads: rows that change elsewhere are brought up to date where they stand, and leads that come in are only
 * counted, so that the person decides when rows move. `seen` starts counting anew, after the list was asked for again.
 */
export function useLiveLeads(): { newCount: number; seen: () => void } {
  const { client } = trpc.useUtils();
  const queryClient = useQueryClient();
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const lists = {
      predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => pathOf({ queryKey }) === "leads.list",
    };

    function isShown(leadId: string): boolean {
      return queryClient
        .getQueriesData<LoadedList>(lists)
        .some(([, list]) => pagesOf(list).some(({ items }) => items.some(({ id }) => id === leadId)));
    }

    return hearNews(({ changes }) => {
      const came = changes.filter(({ kinds }) => kinds.includes("created")).map(({ leadId }) => leadId);
      if (came.length > 0) setNewIds((known) => new Set([...known, ...came]));
      const changed = changes.filter(({ leadId, kinds }) => !isOnlyPresence(kinds) && isShown(leadId));
      for (const { leadId } of changed)
        client.leads.byId.query({ leadId }).then(
          (lead) => queryClient.setQueriesData<LoadedList>(lists, (list) => list && withLead(list, lead)),
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

function pagesOf(list: LoadedList | undefined): LeadPage[] {
  if (!list) return [];
  return "pages" in list ? list.pages : [list];
}

function withLead(list: LoadedList, lead: Lead): LoadedList {
  const renew = (page: LeadPage): LeadPage => ({
    ...page,
    items: page.items.map((item) => (item.id === lead.id ? { ...item, ...lead } : item)),
  });
  return "pages" in list ? { ...list, pages: list.pages.map(renew) } : renew(list);
}
