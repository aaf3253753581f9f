import type { Lead } from "@intake/core/leads/schema";
import type { ReactNode } from "react";
import { describeFile, shortHash } from "../resume/scan-words";
import { useNow, useZone } from "../time/clock";
import { describeMoment, exactMoment } from "../time/moments";
import { mailAddress } from "./contact";
import { TheirClock } from "./their-clock";

interface LeadFactsProps {
  lead: Lead;
  /** Who is in charge, to be seen and changed. */
  assignee: ReactNode;
  onWrite: () => void;
}

/** What is known about a lead, as label and value. */
export function LeadFacts({ lead, assignee, onWrite }: LeadFactsProps) {
  const now = useNow();
  const zone = useZone();
  const received = new Date(lead.createdAt);
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-[0.4375rem] wrap-anywhere max-md:grid-cols-[6rem_minmax(0,1fr)] [&_dt]:text-fg-3">
      <dt>Email</dt>
      <dd>
        <a
          href={mailAddress(lead)}
          onClick={(event) => {
            event.preventDefault();
            onWrite();
          }}
          className="pointer-coarse:-my-3 pointer-coarse:inline-block pointer-coarse:py-3"
        >
          {lead.email}
        </a>
      </dd>
      <dt>Their time</dt>
      <dd className="num">
        <TheirClock timeZone={lead.timeZone} />
      </dd>
      <dt>Received</dt>
      <dd className="num">
        <time dateTime={lead.createdAt}>{exactMoment(received, zone)}</time>{" "}
        <span className="text-fg-2">
          ({describeMoment(received, now, zone)}
          {lead.source === "API" ? ", from a program" : ""})
        </span>
      </dd>
      <dt>With</dt>
      <dd>{assignee}</dd>
      <dt>Reference</dt>
      <dd className="num">{lead.reference}</dd>
      <div className="hidden print:contents">
        <dt>Resume</dt>
        <dd>
          <bdi>{lead.resume.fileName}</bdi>, {describeFile(lead.resume)}
        </dd>
      </div>
      <dt>Check sum</dt>
      <dd title={`SHA-256 ${lead.resume.sha256}`}>
        <span className="font-mono">{shortHash(lead.resume.sha256)}</span>
        <span className="text-fg-2">, as on the receipt</span>
      </dd>
    </dl>
  );
}
