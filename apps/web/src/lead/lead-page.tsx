import { readFailure } from "@intake/client/failure";
import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import { type Lead, leadIdSchema } from "@intake/core/leads/schema";
import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { FoundInResume } from "../leads/found-in-resume";
import { fullName } from "../leads/lead-link";
import { noteRecent } from "../palette/recent-leads";
import { StatusBadge } from "../parts/status-badge";
import { ResumeViewer } from "../resume/resume-viewer";
import { VersionsSection } from "../resume/versions-section";
import { usePageTitle } from "../shell/page-title";
import { useShortcuts } from "../shell/shortcuts";
import { useToast } from "../shell/toast-store";
import { Moment } from "../time/moment";
import { describeSpan } from "../time/promise";
import { AssigneePicker } from "./assignee-picker";
import { HeldByOther, OwnHold } from "./claim-line";
import { ConflictNotice } from "./conflict-notice";
import { copyText } from "./contact";
import { HistorySection } from "./history-section";
import { LeadActions } from "./lead-actions";
import { LeadFacts } from "./lead-facts";
import { LeadHead, useWayBack } from "./lead-head";
import { LeadMenu } from "./lead-menu";
import { LeadMessage, LeadSkeleton } from "./lead-states";
import { OthersChange } from "./others-change";
import { PresenceLine } from "./presence-line";
import { PromiseLine } from "./promise-line";
import { SamePerson } from "./same-person";
import { channelWords, lastStatusChange } from "./timeline";
import { useAddNote } from "./use-add-note";
import { useAssign } from "./use-assign";
import { useCompany } from "./use-company";
import { useHistory } from "./use-history";
import { useHold } from "./use-hold";
import { useListedLead } from "./use-listed-lead";
import { useMarkUnread } from "./use-mark-unread";
import { useNeighbours } from "./use-neighbours";
import { useNotedView } from "./use-noted-view";
import { type StatusWish, useStatusChange } from "./use-status-change";

const route = getRouteApi("/staff/leads/$leadId");
const HeldDialog = lazy(() => import("./held-dialog").then((module) => ({ default: module.HeldDialog })));
const RevertDialog = lazy(() =>
  import("./revert-dialog").then((module) => ({ default: module.RevertDialog })),
);

/** One lead. Everything below starts anew when the address names another one. */
export function LeadPage() {
  const { leadId } = route.useParams();
  const user = useUser();
  return user ? <LeadById key={leadId} leadId={leadId} user={user} /> : null;
}

function LeadById({ leadId, user }: { leadId: string; user: SignedInUser }) {
  const neighbours = useNeighbours(leadId);
  const listed = useListedLead();
  const isId = leadIdSchema.safeParse(leadId).success;
  const lead = trpc.leads.byId.useQuery(
    { leadId },
    {
      enabled: isId,
      placeholderData: () => listed(leadId),
    },
  );
  usePageTitle(lead.data ? fullName(lead.data) : "Lead");
  const markUnread = useMarkUnread();
  useShortcuts({
    "lead.next": neighbours.goNext,
    "lead.previous": neighbours.goPrevious,
    "lead.back": useWayBack(neighbours.trail),
    "lead.mark-unread": lead.data ? () => markUnread(leadId) : undefined,
  });
  return (
    <>
      <LeadHead
        neighbours={neighbours}
        menu={lead.data ? <LeadMenu lead={lead.data} onMarkUnread={() => markUnread(leadId)} /> : null}
      />
      {lead.data ? <LeadView lead={lead.data} user={user} /> : null}
      {!lead.data && isId && lead.isPending ? <LeadSkeleton /> : null}
      {!lead.data && lead.isError ? (
        <LeadMessage failure={readFailure(lead.error)} onRetry={lead.refetch} />
      ) : null}
      {isId ? null : <LeadMessage />}
    </>
  );
}

function LeadView({ lead, user }: { lead: Lead; user: SignedInUser }) {
  const { q = "" } = route.useSearch();
  const { events, isFetching } = useHistory(lead.id);
  const status = useStatusChange();
  const company = useCompany(lead.id);
  const assign = useAssign(user.id);
  const addNote = useAddNote(lead.id);
  const [open, setOpen] = useState<"channel" | "assignee" | "reason" | null>(null);
  const toggle = (which: typeof open) => (isOpen: boolean) => setOpen(isOpen ? which : null);
  const noteField = useRef<HTMLTextAreaElement>(null);
  const relations = trpc.relations.list.useQuery({ leadId: lead.id });
  const versions = trpc.resumes.versions.useQuery({ leadId: lead.id });
  const [chosenId, setChosenId] = useState<string | null>(null);
  const hasUndo = useToast()?.action !== undefined;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  useNotedView(lead.id);
  useEffect(() => noteRecent(user.id, lead.id), [user.id, lead.id]);
  // The button that was pressed is gone with the old status; who used the keyboard must not start over at the top.
  useEffect(() => {
    if (lead.status && document.activeElement === document.body)
      title.current?.focus({ preventScroll: true });
  }, [lead.status]);

  function setBack(): void {
    if (status.isFresh()) status.change(lead, { status: "PENDING" });
    else setOpen("reason");
  }

  const hold = useHold({ lead, user, claim: company?.claim });
  const markAs = (wish: StatusWish) => hold.mark(() => status.change(lead, wish));
  const mayChange = can(user, "leads.update-status");
  const isPending = lead.status === "PENDING";
  useShortcuts({
    "lead.reach-out": mayChange && isPending ? () => markAs({ status: "REACHED_OUT" }) : undefined,
    "lead.reach-out-how": mayChange && isPending ? () => setOpen("channel") : undefined,
    // While a toast offers Undo, U is that.
    "lead.set-back": mayChange && !isPending && !hasUndo ? setBack : undefined,
    "lead.assign": can(user, "leads.assign") ? () => setOpen("assignee") : undefined,
    "lead.note": can(user, "leads.note") ? () => noteField.current?.focus() : undefined,
    "lead.write": hold.write,
    "lead.copy": () => void copyText(lead.email, "Address"),
  });

  const chosen = versions.data?.find(({ id, isNewest }) => id === chosenId && !isNewest);
  const resume = chosen ?? versions.data?.find(({ isNewest }) => isNewest) ?? lead.resume;

  return (
    <div
      // Where the resume stands below, letters of the same person that come in later would push it down.
      data-settling={relations.isPending || undefined}
      className="max-lg:data-settling:[&>[aria-label=Resume]]:invisible flex-1 print:block! lg:grid lg:grid-cols-[minmax(0,1fr)_25rem] lg:grid-rows-[auto_1fr] xl:grid-cols-[minmax(0,1fr)_26rem]"
    >
      <section className="grid content-start gap-4 border-line px-6 pt-6 pb-5 max-lg:border-b max-md:px-4 lg:col-start-2">
        <div>
          <div className="flex min-w-0 items-center gap-3">
            <StatusBadge status={lead.status} />
            <PresenceLine company={company} />
          </div>
          <h1
            ref={title}
            tabIndex={-1}
            className="mt-2 font-display text-[1.75rem] leading-9 font-medium tracking-[-0.01em] text-balance outline-none wrap-anywhere"
          >
            <bdi>{fullName(lead)}</bdi>
          </h1>
          {isPending ? <PromiseLine lead={lead} /> : <ReachedOutLine lead={lead} events={events} />}
          {status.conflict ? null : <OthersChange events={events} />}
        </div>
        {status.conflict ? (
          <ConflictNotice
            conflict={status.conflict}
            events={isFetching ? undefined : events}
            onKeep={(note) => {
              status.closeConflict();
              if (note) addNote(note);
            }}
            onChange={(wish) => status.change(lead, wish)}
          />
        ) : null}
        {company?.claim?.isYours === false ? <HeldByOther claim={company.claim} /> : null}
        <Suspense>
          {hold.intent ? <HeldDialog intent={hold.intent} onClose={hold.closeIntent} /> : null}
        </Suspense>
        <LeadActions
          lead={lead}
          user={user}
          isReachingOut={open === "channel"}
          onReachingOut={toggle("channel")}
          onChange={markAs}
          onSetBack={setBack}
          onWrite={hold.write}
        />
        {company?.claim?.isYours === false ? null : (
          <OwnHold claim={company?.claim} hold={hold} isPending={isPending} />
        )}
        <Suspense>
          {open === "reason" ? (
            <RevertDialog
              lead={lead}
              onClose={() => setOpen(null)}
              onRevert={(note) => {
                setOpen(null);
                status.change(lead, { status: "PENDING", note });
              }}
            />
          ) : null}
        </Suspense>
        <SamePerson lead={lead} user={user} />
        {q && can(user, "resumes.read") ? <FoundInResume leadId={lead.id} q={q} /> : null}
      </section>
      <ResumeViewer
        key={resume.id}
        lead={lead}
        resume={resume}
        olderFrom={chosen?.createdAt ?? null}
        user={user}
        givenTerm={q}
        onSeeNewest={() => setChosenId(null)}
        onWrite={hold.write}
      />
      <div className="min-w-0 lg:col-start-2">
        <section aria-label="Facts" className="border-line px-6 py-5 max-md:px-4 lg:border-t">
          <LeadFacts
            lead={lead}
            onWrite={hold.write}
            assignee={
              <AssigneePicker
                lead={lead}
                user={user}
                isOpen={open === "assignee"}
                onOpenChange={toggle("assignee")}
                onAssign={(assignee) => assign(lead, assignee)}
              />
            }
          />
        </section>
        <VersionsSection leadId={lead.id} shownId={resume.id} user={user} onShow={setChosenId} />
        <HistorySection lead={lead} user={user} noteField={noteField} />
      </div>
    </div>
  );
}

interface ReachedOutLineProps {
  lead: Lead;
  events: Parameters<typeof lastStatusChange>[0];
}

/** Who reached out, how and when, and how long that took the office. */
function ReachedOutLine({ lead, events }: ReachedOutLineProps) {
  const change = lastStatusChange(events);
  if (change?.status !== "REACHED_OUT" || change.actor.type !== "user") return <p className="mt-1 min-h-5" />;
  const who = change.actor.isYou ? "you" : change.actor.name;
  const { responseMinutes } = lead;
  return (
    <p className="mt-1 text-fg-2">
      By {who}
      {change.channel ? `, ${channelWords[change.channel]}` : ""},{" "}
      <Moment at={lead.reachedOutAt ?? change.at} />
      {responseMinutes === null ? "" : `. It took ${describeSpan(responseMinutes * 60_000)} of office hours.`}
    </p>
  );
}
