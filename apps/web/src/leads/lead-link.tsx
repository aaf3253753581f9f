import type { Lead, LeadItem } from "@intake/core/leads/schema";
import { useRouter } from "@tanstack/react-router";
import { MailX } from "lucide-react";
import type { MouseEvent } from "react";
import { Highlight } from "./highlight";

interface LeadLinkProps {
  lead: LeadItem;
  search: Search;
  onOpen: (lead: LeadItem) => void;
  /** Name and address in one line. */
  isCompact?: boolean;
}

/** The search in force, as far as rows show it. */
export interface Search {
  /** Looked for in names and addresses. */
  inPerson: string | undefined;
  /** Looked for in resumes: opening a lead that was found so goes on with it. */
  inResume: string | undefined;
}

/**
 * Name and address, one over the other or in one line; its hit area is the whole row or card, which must be `relative`. A plain link: the
 * router's own works out its address and state anew in every row whenever something of the address changes.
 */
export function LeadLink({ lead, search, onOpen, isCompact = false }: LeadLinkProps) {
  const router = useRouter();
  const name = fullName(lead);
  const isUndelivered = lead.receiptState === "FAILED" || lead.receiptState === "SUPPRESSED";
  const q = lead.excerpt ? search.inResume : undefined;

  function open(event: MouseEvent<HTMLAnchorElement>): void {
    onOpen(lead);
    if (!isForThisTab(event)) return;
    event.preventDefault();
    void router.navigate({ to: "/leads/$leadId", params: { leadId: lead.id }, search: q ? { q } : {} });
  }

  return (
    <a
      href={`${router.basepath}/leads/${lead.id}${q ? `?${new URLSearchParams({ q })}` : ""}`}
      data-lead={lead.id}
      onClick={open}
      className="flex min-w-0 gap-2 text-fg no-underline outline-none group-hover:text-fg after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ink"
    >
      <span
        aria-hidden
        className={`mt-[0.4375rem] size-[0.4375rem] flex-none rounded-full max-md:mt-[0.5625rem] ${lead.isUnread ? "bg-ink forced-colors:bg-[Highlight]" : "max-md:hidden"}`}
      />
      <span className={`min-w-0 ${isCompact ? "flex flex-1 items-baseline gap-2" : ""}`}>
        <span
          title={name}
          className={`block truncate leading-5 group-hover:underline max-md:text-lg max-md:wrap-anywhere max-md:whitespace-normal ${isCompact ? "text-sm" : "text-md"} ${lead.isUnread ? "font-semibold" : ""}`}
        >
          <bdi>
            <Highlight text={name} query={search.inPerson} />
          </bdi>
          {lead.isUnread ? <span className="sr-only">, unread</span> : null}
        </span>
        <span
          title={isUndelivered ? `${lead.email}: our mail did not arrive` : lead.email}
          className="flex min-w-0 items-center gap-1 text-xs leading-[1.125rem] text-fg-3 max-md:text-sm"
        >
          {isUndelivered ? (
            <>
              <MailX size={13} strokeWidth={1.75} aria-hidden className="flex-none text-danger" />
              <span className="sr-only">Undeliverable: </span>
            </>
          ) : null}
          <span className="truncate">
            <Highlight text={lead.email} query={search.inPerson} />
          </span>
        </span>
      </span>
    </a>
  );
}

/** Whether the browser would follow the link where the list is. */
function isForThisTab({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean {
  return button === 0 && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

/** First and last name as one. */
export function fullName({ firstName, lastName }: Pick<Lead, "firstName" | "lastName">): string {
  return `${firstName} ${lastName}`;
}
