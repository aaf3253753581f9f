import type { LeadItem, LeadPage } from "@intake/core/leads/schema";
import { type InfiniteData, useQueryClient } from "@tanstack/react-query";

/** Looks a lead up in the lists that were shown before: its row knows everything the head of its page needs. */
export function useListedLead(): (leadId: string) => LeadItem | undefined {
  const client = useQueryClient();
  return (leadId) => {
    const lists = client.getQueriesData<LeadPage | InfiniteData<LeadPage>>({ queryKey: [["leads", "list"]] });
    return lists
      .flatMap(([, list]) => (list === undefined ? [] : "pages" in list ? list.pages : [list]))
      .flatMap(({ items }) => items)
      .find(({ id }) => id === leadId);
  };
}
