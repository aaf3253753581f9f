import { readFailure } from "@intake/client/failure";
import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { User } from "@intake/core/auth/schema";
import { type Lead, leadIdSchema } from "@intake/core/leads/schema";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { fullName } from "../leads/lead-link";
import { readTrail } from "../leads/lead-trail";
import { toQuery } from "../leads/leads-address";
import { StatusBadge } from "../parts/status-badge";
import { describeScan } from "../resume/scan-words";
import { usePageTitle } from "../shell/page-title";
import { useShortcuts } from "../shell/shortcuts";
import { useToast } from "../shell/toast-store";
import { Moment } from "../time/moment";
import { ConflictNotice } from "./conflict-notice";
import { copyAddress, mailAddress } from "./contact";
import { LeadActions } from "./lead-actions";
import { LeadFacts } from "./lead-facts";
import { LeadHead, useWayBack } from "./lead-head";
import { LeadHistory } from "./lead-history";
import { HistoryError, HistorySkeleton, LeadMessage, LeadSkeleton } from "./lead-states";
import { ResumeCard } from "./resume-card";
import { channelWords, lastStatusChange } from "./timeline";
import { useNeighbours } from "./use-neighbours";
import { useNotedView } from "./use-noted-view";
import { useResumeDownload } from "./use-resume-download";
import { useStatusChange } from "./use-status-change";

const route = getRouteApi("/staff/leads/$leadId");

/** One lead. Everything below starts anew when the address names another one. */
export function LeadPage() {
  const { leadId } = route.useParams();
  const user = useUser();
  return user ? <LeadById key={leadId} leadId={leadId} user={user} /> : null;
}

function LeadById({ leadId, user }: { leadId: string; user: User }) {
  const neighbours = useNeighbours(leadId);
  const utils = trpc.useUtils();
  const isId = leadIdSchema.safeParse(leadId).success;
  const lead = trpc.leads.byId.useQuery(
    { leadId },
    {
      enabled: isId,
      // The row it was opened from knows everything the head needs.
      placeholderData: () => {
        const trail = readTrail();
        const page = trail ? utils.leads.list.getData(toQuery(trail.place)) : undefined;
        return page?.items.find((item) => item.id === leadId);
      },
    },
  );
  usePageTitle(lead.data ? fullName(lead.data) : "Lead");
  useShortcuts({ j: neighbours.goNext, k: neighbours.goPrevious, Escape: useWayBack(neighbours.trail) });
  return (
    <>
      <LeadHead neighbours={neighbours} />
      {lead.data ? <LeadView lead={lead.data} user={user} /> : null}
      {!lead.data && isId && lead.isPending ? <LeadSkeleton /> : null}
      {!lead.data && lead.isError ? (
        <LeadMessage failure={readFailure(lead.error)} onRetry={lead.refetch} />
      ) : null}
      {isId ? null : <LeadMessage />}
    </>
  );
}

function LeadView({ lead, user }: { lead: Lead; user: User }) {
  const events = trpc.leads.events.useQuery({ leadId: lead.id });
  const status = useStatusChange();
  const download = useResumeDownload(lead.id);
  const hasUndo = useToast()?.action !== undefined;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  useNotedView(lead.id);
  // The button that was pressed is gone with the old status; who used the keyboard must not start over at the top.
  useEffect(() => {
    if (lead.status && document.activeElement === document.body)
      title.current?.focus({ preventScroll: true });
  }, [lead.status]);

  const mayChange = can(user.role, "leads.update-status");
  const mayDownload = can(user.role, "resumes.download") && describeScan(lead.resume.scanState).mayOpen;
  const isPending = lead.status === "PENDING";
  useShortcuts({
    r: mayChange && isPending ? () => status.change(lead, { status: "REACHED_OUT" }) : undefined,
    // While a toast offers Undo, U is that.
    u: mayChange && !isPending && !hasUndo ? () => status.change(lead, { status: "PENDING" }) : undefined,
    e: () => location.assign(mailAddress(lead)),
    c: () => void copyAddress(lead.email),
    d: mayDownload && !download.isPending ? () => download.mutate() : undefined,
  });

  return (
    <div className="flex-1 print:block! md:grid md:grid-cols-[minmax(0,1fr)_20rem] md:grid-rows-[auto_1fr] lg:grid-cols-[minmax(0,1fr)_24rem]">
      <section className="grid max-w-180 content-start gap-4 px-6 pt-6 pb-5 max-md:px-4">
        <div>
          <StatusBadge status={lead.status} />
          <h1
            ref={title}
            tabIndex={-1}
            className="mt-2 font-display text-[1.75rem] leading-9 font-medium tracking-[-0.01em] text-balance outline-none wrap-anywhere"
          >
            <bdi>{fullName(lead)}</bdi>
          </h1>
          {isPending ? null : <ReachedOutLine events={events.data} />}
        </div>
        {status.conflict ? (
          <ConflictNotice
            conflict={status.conflict}
            events={events.isFetching ? undefined : events.data}
            onKeep={status.closeConflict}
            onChange={(wish) => status.change(lead, wish)}
          />
        ) : null}
        <LeadActions lead={lead} role={user.role} onChange={(wish) => status.change(lead, wish)} />
      </section>
      <div className="border-line bg-sunken p-6 print:border-t print:bg-transparent max-md:border-y max-md:p-4 md:row-span-2 md:border-s">
        <div className="md:sticky md:top-6">
          <ResumeCard
            resume={lead.resume}
            role={user.role}
            isLoading={download.isPending}
            onDownload={() => download.mutate()}
          />
        </div>
      </div>
      <div>
        <section aria-label="Facts" className="border-line px-6 py-5 max-md:px-4 md:border-t">
          <LeadFacts lead={lead} />
        </section>
        <section aria-labelledby="history" className="border-t border-line px-6 py-5 max-md:px-4">
          <h2 id="history" className="mb-3 text-md font-semibold">
            History
          </h2>
          {events.data ? <LeadHistory events={events.data} /> : null}
          {events.isPending ? <HistorySkeleton /> : null}
          {events.isError && !events.data ? (
            <HistoryError failure={readFailure(events.error)} onRetry={events.refetch} />
          ) : null}
        </section>
      </div>
    </div>
  );
}

function ReachedOutLine({ events }: { events: Parameters<typeof lastStatusChange>[0] }) {
  const change = lastStatusChange(events);
  if (change?.status !== "REACHED_OUT" || change.actor.type !== "user") return <p className="mt-1 min-h-5" />;
  const who = change.actor.isYou ? "you" : change.actor.name;
  return (
    <p className="mt-1 text-fg-2">
      By {who}
      {change.channel ? `, ${channelWords[change.channel]}` : ""}, <Moment at={change.at} />
    </p>
  );
}
