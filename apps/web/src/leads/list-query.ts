import type { IntakeClient } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { LeadPage } from "@intake/core/leads/schema";
import { infiniteQueryOptions, type QueryClient } from "@tanstack/react-query";
import { takeEarlyList } from "./early-list";
import { type LeadsAddress, type ListPlace, readAddress, toQuery } from "./leads-address";

/** How long a page waits for its list before it shows that it waits, in milliseconds. */
const patience = 150;

/** The place in the list; who sees no resumes cannot be asked to search in them, whatever a colleague's link says. */
export function readPlace(address: LeadsAddress, user: SignedInUser | null): ReturnType<typeof readAddress> {
  const { place, ignored } = readAddress(address);
  const seesResumes = user !== null && can(user, "resumes.read");
  return { place: seesResumes ? place : { ...place, in: "everything" }, ignored };
}

/** The question for the list from the page that a place names on; `early` is an answer that may be under way already. */
export function listQuery(client: IntakeClient, place: ListPlace, early?: Promise<LeadPage | null>) {
  const { cursor, ...query } = toQuery(place);
  const start: string | null = cursor ?? null;
  return infiniteQueryOptions({
    // As the client itself names the queries of this procedure, so that whoever invalidates the list means this one, too.
    queryKey: [["leads", "list"], { input: { ...query, cursor }, type: "infinite" }],
    queryFn: async ({ pageParam, signal }) =>
      (await early) ??
      client.leads.list.query(pageParam ? { ...query, page: undefined, cursor: pageParam } : query, {
        signal,
      }),
    initialPageParam: start,
    getNextPageParam: (last: LeadPage) => last.nextCursor,
  });
}

/**
 * Asks for a list before its page is there, so that page and rows are drawn once, together. Resolves when they can be; a slow or failed
 * answer is the page's to show.
 */
export async function foresee(
  { client, queryClient }: { client: IntakeClient; queryClient: QueryClient },
  place: ListPlace,
): Promise<void> {
  const early = takeEarlyList(window.location.search);
  if (place.view === "board") return;
  const list = queryClient.ensureInfiniteQueryData(listQuery(client, place, early)).catch(() => undefined);
  await Promise.race([list, new Promise((resolve) => setTimeout(resolve, patience))]);
}
