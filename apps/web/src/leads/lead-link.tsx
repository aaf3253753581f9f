import type { Lead, LeadItem } from "@intake/core/leads/schema";
import { Link } from "@tanstack/react-router";
import { Highlight } from "./highlight";

interface LeadLinkProps {
  lead: LeadItem;
  search: Search;
  onOpen: (lead: LeadItem) => void;
}

/** The search in force, as far as rows show it. */
export interface Search {
  /** Looked for in names and addresses. */
  inPerson: string | undefined;
  /** Looked for in resumes: opening a lead that was found so goes on with it. */
  inResume: string | undefined;
}

/** Name over address; its hit area is the whole row or card, which must be `relative`. */
export function LeadLink({ lead, search, onOpen }: LeadLinkProps) {
  const name = fullName(lead);
  return (
    <Link
      to="/leads/$leadId"
      params={{ leadId: lead.id }}
      search={lead.excerpt && search.inResume ? { q: search.inResume } : {}}
      data-lead={lead.id}
      onClick={() => onOpen(lead)}
      className="block min-w-0 text-fg no-underline outline-none group-hover:text-fg after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ink"
    >
      <span
        title={name}
        className="block truncate text-md leading-5 group-hover:underline max-md:text-lg max-md:wrap-anywhere max-md:whitespace-normal"
      >
        <bdi>
          <Highlight text={name} query={search.inPerson} />
        </bdi>
      </span>
      <span title={lead.email} className="block truncate text-xs leading-[1.125rem] text-fg-3 max-md:text-sm">
        <Highlight text={lead.email} query={search.inPerson} />
      </span>
    </Link>
  );
}

/** First and last name as one. */
export function fullName({ firstName, lastName }: Pick<Lead, "firstName" | "lastName">): string {
  return `${firstName} ${lastName}`;
}
