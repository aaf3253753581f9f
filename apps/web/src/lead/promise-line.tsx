import type { Lead } from "@intake/core/leads/schema";
import { Timer } from "lucide-react";
import { useNow, useZone } from "../time/clock";
import { exactMoment, momentWithin } from "../time/moments";
import { type PromiseState, readPromise } from "../time/promise";

const colors: Record<PromiseState["tone"], { text: string; bar: string }> = {
  calm: { text: "text-fg", bar: "bg-ink" },
  soon: { text: "text-pending", bar: "bg-pending-mark" },
  late: { text: "text-danger", bar: "bg-danger-mark" },
};

/** Until when the office wants to have answered, and how much of that time has passed. */
export function PromiseLine({ lead }: { lead: Lead }) {
  const now = useNow();
  const zone = useZone();
  const promise = readPromise(lead, now);
  if (!promise || lead.respondBy === null) return null;
  const until = new Date(lead.respondBy);
  const { text, bar } = colors[promise.tone];
  const percent = Math.round(promise.passed * 100);
  const moment = <time dateTime={lead.respondBy}>{momentWithin(until, now, zone)}</time>;
  return (
    <div className="mt-2">
      <p className="num flex items-center gap-1.5 text-fg-2" title={exactMoment(until, zone)}>
        <Timer size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span>
          {promise.tone === "late" ? (
            <>
              <b className={`font-semibold ${text}`}>{promise.span ?? "Late"}</b>, was to be answered by{" "}
              {moment}
            </>
          ) : promise.span ? (
            <>
              <b className={`font-semibold ${text}`}>{promise.span}</b> to answer, until {moment}
            </>
          ) : (
            <>To answer by {moment}</>
          )}
        </span>
      </p>
      <div
        role="img"
        aria-label={`${percent} percent of the time has passed`}
        className="print:hidden mt-2 h-1 overflow-hidden rounded-1 bg-sunken shadow-[inset_0_0_0_1px_var(--line-2)]"
      >
        <div className={`h-full ${bar}`} style={{ inlineSize: `${percent}%` }} />
      </div>
    </div>
  );
}
