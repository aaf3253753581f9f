import { readFailure } from "@intake/client/failure";
import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { LeadItem } from "@intake/core/leads/schema";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { BulkActions, ExportButton } from "../bulk/bulk-actions";
import { useMarkUnread } from "../lead/use-mark-unread";
import { usePageTitle } from "../shell/page-title";
import { useShortcuts } from "../shell/shortcuts";
import { useIsNarrow } from "../shell/use-is-narrow";
import { SaveView } from "../views/save-view";
import { ViewsMenu } from "../views/views-menu";
import { FilterChips } from "./filter-chips";
import { FilterPanel } from "./filter-panel";
import { startTrail } from "./lead-trail";
import {
  changePlace,
  clearFilters,
  isNewestFirst,
  type LeadsAddress,
  type ListPlace,
  toAddress,
  toQuery,
} from "./leads-address";
import { LeadsCards } from "./leads-cards";
import { describeTotal, LeadsFooter } from "./leads-footer";
import { LeadsSearch } from "./leads-search";
import { LeadsSkeleton } from "./leads-skeleton";
import { ListMessage } from "./leads-states";
import { LeadsTable } from "./leads-table";
import { ListHead } from "./list-head";
import { ListNotices } from "./list-notices";
import { readPlace } from "./list-query";
import { NewLeadsBar } from "./new-leads-bar";
import { SearchAreaSwitch } from "./search-area-switch";
import { SelectionBar } from "./selection-bar";
import { StatusTabs } from "./status-tabs";
import { useCurrentRow } from "./use-current-row";
import { useLeadsList } from "./use-leads-list";
import { useListHabits, useNoteLook } from "./use-list-habits";
import { useSelection } from "./use-selection";
import { useSelectionKeys } from "./use-selection-keys";
import { useTriage } from "./use-triage";

const route = getRouteApi("/staff/leads");
const LeadsBoard = lazy(() => import("./leads-board").then((module) => ({ default: module.LeadsBoard })));

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
  const utils = trpc.useUtils();
  const user = useUser();
  const seesResumes = user !== null && can(user, "resumes.read");
  const { place, ignored } = readPlace(address, user);
  const isBoard = place.view === "board";
  const { list, page, pagesLoaded, loadMore } = useLeadsList(place, !isBoard);
  // What the table showed is not what the board shows.
  const data = isBoard ? undefined : page;
  const [hasLostPage, setLostPage] = useState(false);
  const searchBox = useRef<HTMLInputElement>(null);
  const isNarrow = useIsNarrow();
  const leads = data?.items ?? noLeads;
  const { layout, lookedAt, setLayout } = useListHabits();
  const reveal = useRef((_index: number): void => undefined);
  const row = useCurrentRow({
    leads,
    address,
    reveal: (index) => reveal.current(index),
    onBeyondEnd: loadMore,
  });
  const selecting = useSelection(leads, toQuery(place));
  useSelectionKeys(selecting, { currentId: row.currentId, hasRows: leads.length > 0 });
  const isNewest = isNewestFirst(place) && !list.isPlaceholderData;
  useNoteLook(isNewest ? (leads[0]?.createdAt ?? null) : null);

  const go = (search: LeadsAddress, replace = false) => navigate({ to: "/leads", search, replace });
  useEffect(() => {
    if (place.cursor === undefined || list.isPlaceholderData) return;
    const isGone =
      list.isError && ["BAD_REQUEST", "UNPROCESSABLE_CONTENT"].includes(readFailure(list.error).code);
    if (!isGone && leads.length > 0) return;
    if (!isGone && !data) return;
    setLostPage(true);
    void navigate({ to: "/leads", search: changePlace(place, {}), replace: true });
  });

  function open(lead: LeadItem): void {
    if (data) startTrail({ address, place, page: data }, lead.id);
  }
  const goPrevious = data?.prevCursor ? () => go(previousPage(place, data.prevCursor)) : undefined;
  const goNext = data?.nextCursor
    ? () =>
        go(
          toAddress({
            ...place,
            cursor: data.nextCursor ?? undefined,
            page: (data.page ?? place.page) + pagesLoaded,
          }),
        )
    : undefined;
  const triage = useTriage(place);
  const markUnread = useMarkUnread();
  const { currentId } = row;
  useShortcuts({
    "list.search": () => searchBox.current?.focus(),
    "list.triage": triage,
    "list.down": leads.length > 0 ? row.moveDown : undefined,
    "list.up": leads.length > 0 ? row.moveUp : undefined,
    "list.open": row.open,
    "list.mark-unread": currentId === null ? undefined : () => markUnread(currentId),
    "list.next-page": goNext,
    "list.previous-page": goPrevious,
  });

  const { q } = place;
  const area = seesResumes ? place.in : "person";
  const found = useMemo(
    () => ({
      inPerson: area === "resume" ? undefined : q,
      inResume: area === "person" ? undefined : q,
    }),
    [area, q],
  );
  const looked = isNewest ? findLooked(leads, lookedAt) : null;
  const rows = { leads, search: found, currentId: row.currentId, onOpen: open, selecting, looked };
  const nobody = (
    <ListMessage
      kind="nobody"
      place={{ ...place, in: area }}
      onClear={() => go(clearFilters(place))}
      onWiden={seesResumes ? () => go(changePlace(place, { in: undefined })) : undefined}
    />
  );
  return (
    <>
      <ListHead
        titleRef={title}
        view={place.view}
        onView={(view) => go(changePlace(place, { view }))}
        layout={layout}
        onLayout={setLayout}
        onTriage={triage}
        isNarrow={isNarrow}
      >
        <ExportButton
          selection={{
            kind: "matching",
            query: { ...toQuery(place), cursor: undefined, page: undefined },
            except: [],
          }}
        />
      </ListHead>
      <StatusTabs place={place} />
      <search className="flex flex-wrap items-center gap-2 px-6 py-3 max-md:px-4">
        <LeadsSearch
          place={place}
          area={area}
          onSearch={(change) => go(changePlace(place, change), true)}
          inputRef={searchBox}
        />
        {seesResumes ? (
          <SearchAreaSwitch area={area} onChange={(next) => go(changePlace(place, { in: next }), true)} />
        ) : null}
        <FilterPanel
          place={place}
          onChange={(change) => go(changePlace(place, change), true)}
          onClear={() => go(clearFilters(place), true)}
          total={data && !list.isPlaceholderData ? describeTotal(data) : null}
        />
        <FilterChips place={place} />
        <span className="ms-auto flex flex-wrap">
          <ViewsMenu address={address} />
          <SaveView address={address} />
        </span>
      </search>
      <NewLeadsBar
        isRefetching={list.isRefetching}
        onShow={() => {
          window.scrollTo({ top: 0 });
          // Elsewhere in the list they would not be seen.
          if (place.cursor === undefined && place.page === 1) void utils.leads.list.invalidate();
          else void go(changePlace(place, {}));
          void utils.leads.totals.invalidate();
        }}
      />
      <ListNotices address={address} ignored={ignored} hasLostPage={hasLostPage} />
      {isBoard ? (
        <Suspense fallback={<LeadsSkeleton />}>
          <LeadsBoard place={place} nobody={nobody} />
        </Suspense>
      ) : (
        <div
          aria-busy={list.isFetching}
          className={`flex min-h-160 flex-1 flex-col ${list.isPlaceholderData ? "opacity-60 transition-opacity delay-150" : ""}`}
        >
          {list.isPending ? <LeadsSkeleton /> : null}
          {list.isError && !data ? (
            <ListMessage kind="error" failure={readFailure(list.error)} onRetry={list.refetch} />
          ) : null}
          {data && leads.length === 0 ? nobody : null}
          {leads.length > 0 && isNarrow ? <LeadsCards {...rows} /> : null}
          {leads.length > 0 && !isNarrow ? (
            <LeadsTable
              {...rows}
              revealRef={reveal}
              onNearEnd={loadMore}
              layout={layout}
              onLayout={setLayout}
              rowCount={data?.totalIsExact ? data.total : -1}
              sorting={place}
              onSort={(sorting) => go(changePlace(place, sorting))}
            />
          ) : null}
          {data && leads.length > 0 ? (
            <LeadsFooter
              page={data}
              place={place}
              onPrevious={goPrevious}
              onNext={goNext}
              onPageSize={(limit) => go(changePlace(place, { limit }))}
              onJump={(page) => go(changePlace(place, { page }))}
            />
          ) : null}
        </div>
      )}
      {data && !isBoard ? (
        <SelectionBar selecting={selecting} total={data.total} totalIsExact={data.totalIsExact}>
          {selecting.selection ? (
            <BulkActions selection={selecting.selection} onDone={selecting.clear} />
          ) : null}
        </SelectionBar>
      ) : null}
    </>
  );
}

const noLeads: LeadItem[] = [];

/** Where the leads begin that the person had seen before; nowhere when there are none above or below. */
function findLooked(leads: LeadItem[], lookedAt: string | null) {
  if (lookedAt === null) return null;
  const at = leads.findIndex((lead) => lead.createdAt <= lookedAt);
  const first = at > 0 ? leads[at] : undefined;
  return first ? { beforeId: first.id, at: lookedAt } : null;
}

/** One page back; the first page is asked for without a cursor, so that newly arrived leads are on it. */
function previousPage(place: ListPlace, cursor: string | null): LeadsAddress {
  if (place.page === 2 || cursor === null) return changePlace(place, {});
  return toAddress({ ...place, cursor, page: place.page > 2 ? place.page - 1 : undefined });
}
