import { trpc } from "@intake/client/react";
import type { LeadItem, LeadPage } from "@intake/core/leads/schema";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { ListPlace } from "./leads-address";
import { listQuery } from "./list-query";

/** Beyond this, coming back to the tab does not ask for everything that was scrolled through again. */
const maxPagesRefreshed = 4;

/** The list from the page that the address names on: further pages are added at its end as they are asked for. */
export function useLeadsList(place: ListPlace, isEnabled = true) {
  const { client } = trpc.useUtils();
  const list = useInfiniteQuery({
    ...listQuery(client, place),
    placeholderData: keepPreviousData,
    enabled: isEnabled,
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) <= maxPagesRefreshed,
  });
  const page = useMemo(() => (list.data ? joinPages(list.data) : undefined), [list.data]);
  const { fetchNextPage, hasNextPage, isFetchingNextPage, isPlaceholderData } = list;
  const canLoadMore = hasNextPage && !isPlaceholderData;
  const loadMore = useCallback(() => {
    if (canLoadMore && !isFetchingNextPage) void fetchNextPage();
  }, [canLoadMore, isFetchingNextPage, fetchNextPage]);
  return { list, page, pagesLoaded: list.data?.pages.length ?? 0, loadMore };
}

/** A lead that was changed while paging by what it is sorted by may come twice: the later place holds. */
function joinPages({ pages }: { pages: LeadPage[] }): LeadPage | undefined {
  const [first] = pages;
  const last = pages.at(-1);
  if (!first || !last) return undefined;
  const byId = new Map<string, LeadItem>();
  for (const lead of pages.flatMap((page) => page.items)) {
    byId.delete(lead.id);
    byId.set(lead.id, lead);
  }
  return {
    ...last,
    items: [...byId.values()],
    page: first.page,
    prevCursor: first.prevCursor,
    nextCursor: last.nextCursor,
  };
}
