import type { Lead, LeadItem } from "@intake/core/leads/schema";
import { Check, Circle, FileText } from "lucide-react";
import { Highlight } from "../leads/highlight";
import { fullName } from "../leads/lead-link";
import { statusWords } from "../parts/status-badge";
import { Moment } from "../time/moment";
import type { Command } from "./command";

/** A lead in one line: its status, name and address, or where its resume says what was typed. */
export function describeLead(
  lead: Lead | LeadItem,
  typed: string,
): Pick<Command, "Icon" | "tone" | "label" | "details"> {
  const isPending = lead.status === "PENDING";
  const excerpt = "excerpt" in lead ? lead.excerpt : undefined;
  return {
    Icon: excerpt ? FileText : isPending ? Circle : Check,
    tone: excerpt ? "text-fg-2" : isPending ? "p-[3px] text-pending-mark [stroke-width:5]" : "text-done-mark",
    label: (
      <bdi>
        <Highlight text={fullName(lead)} query={typed} />
      </bdi>
    ),
    details: excerpt ? (
      <>
        In the resume: <Highlight text={excerpt.parts.map((part) => part.text).join("")} query={typed} />
      </>
    ) : (
      <>
        <Highlight text={lead.email} query={typed} /> · {statusWords[lead.status].toLowerCase()},{" "}
        <Moment at={lead.reachedOutAt ?? lead.createdAt} />
      </>
    ),
  };
}
