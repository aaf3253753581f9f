import { readFailure } from "@intake/client/failure";
import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { LeadItem } from "@intake/core/leads/schema";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Notice } from "../parts/notice";
import { usePageTitle } from "../shell/page-title";
import { useShortcuts } from "../shell/shortcuts";
import { useIsNarrow } from "../shell/use-is-narrow";
import { ExtraFilters } from "./extra-filters";
import { startTrail } from "./lead-trail";
import {
  changePlace,
  clearFilters,
  describeIgnored,
  type LeadsAddress,
  readAddress,
  toAddress,
  toQuery,
} from "./leads-address";
import { LeadsCards } from "./leads-cards";
import { LeadsFooter } from "./leads-footer";
import { LeadsSkeleton } from "./leads-skeleton";
import { ListMessage } from "./leads-states";
import { LeadsTable } from "./leads-table";
import { areaPlaceholders, readTyped } from "./search-area";
import { SearchAreaSwitch } from "./search-area-switch";
import { SearchBox } from "./search-box";
import { StatusTabs } from "./status-tabs";
import { useCurrentRow } from "./use-current-row";

const route = getRouteApi("/staff/leads");

/** The list of leads; everything that shapes it lives in the address bar. */
export function LeadsPage() {
  usePageTitle("Leads");
  const title = useRef<HTMLHeadingElement>(null);
  // Coming from another page, screen readers start here; a restored row or a focused box comes first.
  useEffect(() => {
    if (document.activeElement === document.body) title.current?.focus({ preventScroll: true });
  }, []);
  const address = route.useSearch();
  const navigate = useNavigate();
  const user = useUser();
  const seesResumes = user !== null && can(user, "resumes.read");
  const { place, ignored } = readPlace(address, seesResumes);
  const list = trpc.leads.list.useQuery(toQuery(place), { placeholderData: keepPreviousData });
  const [hasLostPage, setLostPage] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const isNarrow = useIsNarrow();
  const leads = list.data?.items ?? noLeads;
  const row = useCurrentRow(leads, address);

  const go = (search: LeadsAddress, replace = false) => navigate({ to: "/leads", search, replace });
  useEffect(() => {
    if (place.cursor === undefined || list.isPlaceholderData) return;
    const isGone =
      list.isError && ["BAD_REQUEST", "UNPROCESSABLE_CONTENT"].includes(readFailure(list.error).code);
    if (!isGone && list.data?.items.length !== 0) return;
    setLostPage(true);
    void navigate({ to: "/leads", search: changePlace(place, {}), replace: true });
  });

  function open(lead: LeadItem): void {
    if (list.data) startTrail({ address, place, page: list.data }, lead.id);
  }
  const { data } = list;
  const goPrevious = data?.prevCursor ? () => go(previousPage(place, data.prevCursor)) : undefined;
  const goNext = data?.nextCursor
    ? () => go(toAddress({ ...place, cursor: data.nextCursor ?? undefined, page: place.page + 1 }))
    : undefined;
  useShortcuts({
    "/": () => searchBox.current?.focus(),
    j: row.moveDown,
    ArrowDown: row.moveDown,
    k: row.moveUp,
    ArrowUp: row.moveUp,
    o: row.open,
    Enter: row.open,
    n: goNext,
    p: goPrevious,
  });

  function search(typed: string): void {
    const { q, area = place.in } = readTyped(typed);
    void go(changePlace(place, { q: q || undefined, in: area }), true);
  }

  const { q } = place;
  const area = seesResumes ? place.in : "person";
  const found = {
    inPerson: area === "resume" ? undefined : q,
    inResume: area === "person" ? undefined : q,
  };
  const rows = { leads, search: found, currentId: row.currentId, onOpen: open };
  return (
    <>
      <header className="flex min-h-[3.75rem] items-center px-6 pt-4 pb-2 max-md:min-h-0 max-md:px-4 max-md:pt-3">
        <h1 ref={title} tabIndex={-1} className="font-display text-2xl font-medium tracking-[-0.01em]">
          Leads
        </h1>
      </header>
      <StatusTabs place={place} />
      <search className="flex flex-wrap items-center gap-2 px-6 py-3 max-md:px-4">
        <SearchBox
          value={q ?? ""}
          onSearch={search}
          inputRef={searchBox}
          label="Search leads"
          placeholder={areaPlaceholders[area]}
        />
        {seesResumes ? (
          <SearchAreaSwitch area={area} onChange={(next) => go(changePlace(place, { in: next }), true)} />
        ) : null}
        <ExtraFilters place={place} />
      </search>
      {ignored.length > 0 || hasLostPage ? (
        <div className="px-6 pb-3 max-md:px-4">
          <Notice tone="info" announce>
            <p>
              {ignored.length > 0
                ? describeIgnored(ignored, address)
                : "That page of the list is gone. This is the first one."}
            </p>
          </Notice>
        </div>
      ) : null}
      <div
        aria-busy={list.isFetching}
        className={`flex min-h-160 flex-1 flex-col ${list.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : ""}`}
      >
        {list.isPending ? <LeadsSkeleton /> : null}
        {list.isError && !list.data ? (
          <ListMessage kind="error" failure={readFailure(list.error)} onRetry={list.refetch} />
        ) : null}
        {data && leads.length === 0 ? (
          <ListMessage
            kind="nobody"
            place={{ ...place, in: area }}
            onClear={() => go(clearFilters(place))}
            onWiden={seesResumes ? () => go(changePlace(place, { in: undefined })) : undefined}
          />
        ) : null}
        {leads.length > 0 && isNarrow ? <LeadsCards {...rows} /> : null}
        {leads.length > 0 && !isNarrow ? (
          <LeadsTable {...rows} sorting={place} onSort={(sorting) => go(changePlace(place, sorting))} />
        ) : null}
        {data && leads.length > 0 ? (
          <LeadsFooter
            page={data}
            place={place}
            onPrevious={goPrevious}
            onNext={goNext}
            onPageSize={(limit) => go(changePlace(place, { limit }))}
          />
        ) : null}
      </div>
    </>
  );
}

const noLeads: LeadItem[] = [];

/** The place in the list; who sees no resumes cannot be asked to search in them, whatever a colleague's link says. */
function readPlace(address: LeadsAddress, seesResumes: boolean): ReturnType<typeof readAddress> {
  const { place, ignored } = readAddress(address);
  return { place: seesResumes ? place : { ...place, in: "everything" }, ignored };
}

/** One page back; the first page is asked for without a cursor, so that newly arrived leads are on it. */
function previousPage(place: Parameters<typeof changePlace>[0], cursor: string | null): LeadsAddress {
  if (place.page === 2 || cursor === null) return changePlace(place, {});
  return toAddress({ ...place, cursor, page: place.page > 2 ? place.page - 1 : undefined });
}
