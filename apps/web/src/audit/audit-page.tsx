import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { keepPreviousData } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FileSignature, X } from "lucide-react";
import { useRef } from "react";
import { LeadsSkeleton } from "../leads/leads-skeleton";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { WithPermission } from "../settings/with-permission";
import { usePageTitle } from "../shell/page-title";
import { useShortcuts } from "../shell/shortcuts";
import { useIsNarrow } from "../shell/use-is-narrow";
import { useNow, useZone } from "../time/clock";
import { zoneWithPlace } from "../time/moments";
import { type AuditAddress, narrow, readAuditAddress } from "./audit-address";
import { AuditFilters } from "./audit-filters";
import { AuditCards, AuditTable } from "./audit-rows";
import { ChainBanner } from "./chain-banner";
import { useAuditExport } from "./use-audit-export";

const route = getRouteApi("/staff/audit");

/** Who did what: every event, newest first, and whether its chain is whole. */
export function AuditPage() {
  usePageTitle("Audit");
  return (
    <WithPermission permission="audit.read">
      <Audit />
    </WithPermission>
  );
}

function Audit() {
  const address = route.useSearch();
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const searchBox = useRef<HTMLInputElement>(null);
  const zone = zoneWithPlace(useNow(), useZone());
  const list = trpc.audit.list.useQuery(readAuditAddress(address), { placeholderData: keepPreviousData });
  const go = (search: AuditAddress, replace = false) => navigate({ to: "/audit", search, replace });
  const download = useAuditExport();
  const { data } = list;
  const goNewest = address.cursor ? () => go(narrow(address, {})) : undefined;
  const goOlder = data?.nextCursor ? () => go({ ...address, cursor: data.nextCursor ?? "" }) : undefined;
  useShortcuts({
    "audit.search": () => searchBox.current?.focus(),
    "audit.older": goOlder,
    "audit.newest": goNewest,
  });
  const entries = data?.items ?? [];
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-2 px-6 pt-4 pb-3 max-md:px-4 max-md:pt-3">
        <h1 className="font-display text-2xl font-medium tracking-[-0.01em]">Audit</h1>
        <Button onPress={() => download.mutate(address)} isDisabled={download.isPending}>
          <FileSignature size={16} strokeWidth={1.75} aria-hidden />
          {download.isPending ? "Exporting" : "Signed export"}
        </Button>
      </header>
      <div className="px-6 max-md:px-4">
        <ChainBanner />
      </div>
      <AuditFilters
        address={address}
        searchBox={searchBox}
        zone={zone}
        onChange={(change, replace) => go(narrow(address, change), replace)}
        onClear={() => go({})}
      />
      {address.leadId ? (
        <LeadChip
          name={entries.find(({ lead }) => lead?.id === address.leadId)?.lead?.name}
          onRemove={() => go(narrow(address, { leadId: undefined }))}
        />
      ) : null}
      <div aria-busy={list.isFetching} className="flex min-h-96 flex-1 flex-col">
        {list.isPending ? <LeadsSkeleton /> : null}
        {list.isError && !data ? (
          <MessagePage
            title="The audit could not be loaded"
            actions={
              <Button look="primary" onPress={() => list.refetch()}>
                Try again
              </Button>
            }
          >
            <p>{readFailure(list.error).message} Your filters are kept.</p>
          </MessagePage>
        ) : null}
        {data && entries.length === 0 ? <NothingHere address={address} onClear={() => go({})} /> : null}
        {entries.length > 0 && isNarrow ? <AuditCards entries={entries} /> : null}
        {entries.length > 0 && !isNarrow ? <AuditTable entries={entries} /> : null}
        {entries.length > 0 ? (
          <footer className="mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-6 py-2.5 text-xs text-fg-2 max-md:px-4">
            <p>Times and days in {zone}. Entries cannot be changed or deleted.</p>
            <div className="ms-auto flex gap-2">
              <Button onPress={goNewest} isDisabled={!goNewest}>
                Newest
              </Button>
              <Button onPress={goOlder} isDisabled={!goOlder}>
                Older
              </Button>
            </div>
          </footer>
        ) : null}
      </div>
    </>
  );
}

interface LeadChipProps {
  /** Absent while nothing of the lead is on the page. */
  name: string | undefined;
  onRemove: () => void;
}

/** Says that only one lead's entries are shown, and shows the others again. */
function LeadChip({ name, onRemove }: LeadChipProps) {
  return (
    <p className="mx-6 mb-3 flex max-w-full items-center self-start rounded-2 border border-line-2 ps-3 max-md:mx-4">
      <span className="min-w-0 truncate">
        Only <b className="font-medium">{name ?? "one lead"}</b>
      </span>
      <Button look="quiet" shape="icon" aria-label="Show every lead" onPress={onRemove}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </Button>
    </p>
  );
}

function NothingHere({ address, onClear }: { address: AuditAddress; onClear: () => void }) {
  const isNarrowed = Object.keys(address).length > 0;
  return (
    <MessagePage
      title={isNarrowed ? "Nothing matches" : "Nothing has happened yet"}
      actions={
        isNarrowed ? (
          <Button look="primary" onPress={onClear}>
            Clear filters
          </Button>
        ) : null
      }
    >
      <p>
        {isNarrowed
          ? "No entry fits these filters. Names and addresses are those of today."
          : "Every sign-in, view, download and change appears here."}
      </p>
    </MessagePage>
  );
}
