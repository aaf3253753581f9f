import type { Attention } from "@intake/core/reports/schema";
import { Link } from "@tanstack/react-router";
import { ArrowRight, Inbox, type LucideIcon, MailX, TriangleAlert } from "lucide-react";
import type { LeadsAddress } from "../leads/leads-address";
import { useNow, useZone } from "../time/clock";
import { describeMoment } from "../time/moments";
import { countUpTo, minutesInWords } from "./figures";
import { pastTarget } from "./lead-links";

type Tone = "bad" | "info" | "warn";

const tones: Record<Tone, { edge: string; icon: string; Icon: LucideIcon }> = {
  bad: { edge: "border-s-danger-mark", icon: "text-danger", Icon: TriangleAlert },
  info: { edge: "border-s-ink", icon: "text-ink", Icon: Inbox },
  warn: { edge: "border-s-pending-mark", icon: "text-pending", Icon: MailX },
};

/** What waits for somebody, each with the list behind it; a quiet office says so. */
export function Needs({ attention }: { attention: Attention }) {
  const now = useNow();
  const zone = useZone();
  const { pastTarget: late, newLeads, undelivered } = attention;
  const isQuiet = late.total + newLeads.total + undelivered.total === 0;
  return (
    <section aria-label="Needs you" className="grid gap-3 md:grid-cols-3">
      {isQuiet ? (
        <p className="py-2 text-fg-2 md:col-span-3">
          Nothing waits for you: no lead is late, none is new, every receipt was delivered.
        </p>
      ) : null}
      {late.total > 0 ? (
        <Need tone="bad" leads={pastTarget} title={`${countUpTo(late)} past the promise`}>
          {late.worst
            ? `Oldest: ${nameOf(late.worst)}, late by ${minutesInWords(late.worst.lateMinutes)}`
            : null}
        </Need>
      ) : null}
      {newLeads.total > 0 ? (
        <Need
          tone="info"
          leads={{ createdFrom: newLeads.since }}
          title={`${countUpTo(newLeads)} new since you last looked`}
        >
          {`Since ${describeMoment(new Date(newLeads.since), now, zone)}; ${
            newLeads.unassigned === 0
              ? "all of them with somebody"
              : `${newLeads.unassigned === newLeads.total ? "all" : newLeads.unassigned} of them with nobody yet`
          }`}
        </Need>
      ) : null}
      {undelivered.total > 0 ? (
        <Need
          tone="warn"
          leads={{ status: "PENDING", mail: "UNDELIVERED" }}
          title={`${countUpTo(undelivered)} ${undelivered.total === 1 ? "receipt" : "receipts"} did not arrive`}
        >
          {undelivered.newest
            ? `${nameOf(undelivered.newest)}: ${undelivered.newest.reason ?? (undelivered.newest.state === "SUPPRESSED" ? "the address takes no mail" : "could not be delivered")}`
            : null}
        </Need>
      ) : null}
    </section>
  );
}

interface NeedProps {
  tone: Tone;
  title: string;
  leads: LeadsAddress;
  children: string | null;
}

function Need({ tone, title, leads, children }: NeedProps) {
  const { edge, icon, Icon } = tones[tone];
  return (
    <Link
      to="/leads"
      search={leads}
      className={`grid min-w-0 grid-cols-[1.25rem_minmax(0,1fr)_auto] items-start gap-x-2 rounded-e-2 border border-line border-s-[3px] px-4 py-3 text-fg no-underline hover:bg-hover hover:text-fg ${edge}`}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className={`mt-0.5 ${icon}`} />
      <span className="min-w-0">
        <span className="block font-semibold">{title}</span>
        <span className="line-clamp-2 text-fg-2 wrap-anywhere">{children}</span>
      </span>
      <ArrowRight size={16} strokeWidth={1.75} aria-hidden className="mt-0.5" />
    </Link>
  );
}

function nameOf({ firstName, lastName }: { firstName: string; lastName: string }): string {
  return `${firstName} ${lastName}`;
}
