import { trpc } from "@intake/client/react";
import { historyPageSize } from "@intake/core/leads/schema";

/** A lead's history, newest first, a page at a time: all of it, or only what colleagues wrote. */
export function useHistory(leadId: string, only?: "notes") {
  const history = trpc.leads.events.useInfiniteQuery(only ? { leadId, only } : { leadId }, {
    getNextPageParam(page) {
      const last = page.at(-1);
      return last && page.length >= historyPageSize ? { at: last.at, id: last.id } : undefined;
    },
  });
  return {
    events: history.data?.pages.flat(),
    isFetching: history.isFetching,
    isPending: history.isPending,
    error: history.error,
    retry: history.refetch,
    more: history.hasNextPage ? history.fetchNextPage : undefined,
    isLoadingMore: history.isFetchingNextPage,
  };
}
