import { useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { Lead, LeadEvent } from "@intake/core/leads/schema";
import { getRouteApi, Link } from "@tanstack/react-router";
import {
  Check,
  CircleDot,
  Download,
  Eye,
  Hourglass,
  Inbox,
  Link2,
  MailCheck,
  MailWarning,
  MailX,
  NotebookPen,
  ShieldAlert,
  ShieldCheck,
  Undo2,
  UserRound,
} from "lucide-react";
import { Button } from "../parts/button";
import { Moment } from "../time/moment";
import { NoteText } from "./note-text";
import { SendAgain } from "./send-again";
import { type LineSign, toLines } from "./timeline";

const signs: Record<LineSign, { Icon: typeof Check; color: string }> = {
  received: { Icon: Inbox, color: "text-ink" },
  seen: { Icon: Eye, color: "text-fg-3" },
  "reached-out": { Icon: Check, color: "text-done-mark" },
  reopened: { Icon: Undo2, color: "text-pending" },
  file: { Icon: Download, color: "text-fg-3" },
  checked: { Icon: ShieldCheck, color: "text-done-mark" },
  locked: { Icon: ShieldAlert, color: "text-danger" },
  "mail-sent": { Icon: MailCheck, color: "text-done-mark" },
  "mail-waiting": { Icon: MailWarning, color: "text-pending" },
  "mail-failed": { Icon: MailX, color: "text-danger" },
  note: { Icon: NotebookPen, color: "text-fg-2" },
  assigned: { Icon: UserRound, color: "text-fg-2" },
  linked: { Icon: Link2, color: "text-fg-2" },
  late: { Icon: Hourglass, color: "text-pending" },
  other: { Icon: CircleDot, color: "text-fg-3" },
};

const route = getRouteApi("/staff/leads/$leadId");

/** For those who may read it: the same lead where every view and its seal stands too. */
function AuditLink() {
  const user = useUser();
  const { leadId } = route.useParams();
  if (!user || !can(user, "audit.read")) return null;
  return (
    <p>
      <Link to="/audit" search={{ leadId }}>
        Show in audit
      </Link>
    </p>
  );
}

interface LeadHistoryProps {
  lead: Lead;
  events: LeadEvent[];
  /** Left out when there is nothing older. */
  onMore: (() => unknown) | undefined;
  isLoadingMore: boolean;
}

/** What happened to a lead, newest first. */
export function LeadHistory({ lead, events, onMore, isLoadingMore }: LeadHistoryProps) {
  return (
    <>
      <ol className="max-w-168">
        {toLines(events, lead.source).map((line) => {
          const { Icon, color } = signs[line.sign];
          return (
            <li
              key={line.id}
              className="relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-2 pb-4 before:absolute before:start-[0.71875rem] before:top-5.5 before:-bottom-0.5 before:w-px before:bg-line last:before:hidden"
            >
              <span className={`-mt-0.5 grid size-6 place-items-center ${color}`}>
                <Icon size={16} strokeWidth={1.75} aria-hidden />
              </span>
              <div className="wrap-anywhere">
                <p>
                  {line.who ? <b className="font-semibold">{line.who} </b> : null}
                  {line.text}{" "}
                  {line.other ? (
                    <>
                      <Link to="/leads/$leadId" params={{ leadId: line.other.id }} className="num">
                        {line.other.reference}
                      </Link>{" "}
                    </>
                  ) : null}
                  <Moment at={line.at} className="text-xs whitespace-nowrap text-fg-3" />
                </p>
                {line.again ? <SendAgain leadId={lead.id} {...line.again} /> : null}
                {line.note ? <NoteText leadId={lead.id} text={line.note} facts={line.noteFacts} /> : null}
              </div>
            </li>
          );
        })}
      </ol>
      {onMore ? (
        <Button onPress={() => onMore()} className="print:hidden mb-3">
          {isLoadingMore ? "Loading…" : "Show older"}
        </Button>
      ) : null}
      <AuditLink />
    </>
  );
}
