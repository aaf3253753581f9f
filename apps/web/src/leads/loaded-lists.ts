import type { LeadItem, LeadPage } from "@intake/core/leads/schema";
import type { InfiniteData, QueryClient } from "@tanstack/react-query";

type LoadedList = LeadPage | InfiniteData<LeadPage>;

const lists = { queryKey: [["leads", "list"]] };

/** The leads of every list that was loaded in this tab. */
export function loadedLeads(queryClient: QueryClient): LeadItem[] {
  return queryClient
    .getQueriesData<LoadedList>(lists)
    .flatMap(([, list]) => (list === undefined ? [] : "pages" in list ? list.pages : [list]))
    .flatMap(({ items }) => items);
}

/** Brings a lead up to date in every list that was loaded, where it stands. */
export function renewLoaded(queryClient: QueryClient, leadId: string, changes: Partial<LeadItem>): void {
  const renew = (page: LeadPage): LeadPage => ({
    ...page,
    items: page.items.map((item) => (item.id === leadId ? { ...item, ...changes } : item)),
  });
  queryClient.setQueriesData<LoadedList>(
    lists,
    (list) => list && ("pages" in list ? { ...list, pages: list.pages.map(renew) } : renew(list)),
  );
}
