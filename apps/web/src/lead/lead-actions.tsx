import { can, explainDenial } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import { Check, Copy, Mail, Undo2 } from "lucide-react";
import { Button, buttonClass } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { copyText, mailAddress } from "./contact";
import { ReachOutPopover } from "./reach-out-popover";
import type { StatusWish } from "./use-status-change";

interface LeadActionsProps {
  lead: Lead;
  user: SignedInUser;
  isReachingOut: boolean;
  onReachingOut: (isOpen: boolean) => void;
  onChange: (wish: StatusWish) => void;
  onSetBack: () => void;
  onWrite: () => void;
}

/** The one thing to do, and what helps doing it. */
export function LeadActions({ lead, user, onChange, onSetBack, onWrite, ...popover }: LeadActionsProps) {
  const mayChange = can(user, "leads.update-status");
  const isPending = lead.status === "PENDING";
  return (
    <div className="print:hidden grid gap-2">
      <div className="flex flex-wrap gap-2">
        {isPending ? (
          <span className="flex max-md:w-full">
            <Button
              look="primary"
              isDisabled={!mayChange}
              aria-describedby={mayChange ? undefined : "change-denied"}
              onPress={() => onChange({ status: "REACHED_OUT" })}
              className="rounded-e-none max-md:flex-1"
            >
              <Check size={16} strokeWidth={1.75} aria-hidden />
              Mark reached out
              {mayChange ? <KeyCap look="on-ink">R</KeyCap> : null}
            </Button>
            <ReachOutPopover
              isDisabled={!mayChange}
              isOpen={popover.isReachingOut}
              onOpenChange={popover.onReachingOut}
              onChange={onChange}
            />
          </span>
        ) : null}
        <a
          href={mailAddress(lead)}
          onClick={(event) => {
            event.preventDefault();
            onWrite();
          }}
          className={`${buttonClass()} max-md:flex-1`}
        >
          <Mail size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          {isPending ? "Write" : "Write again"}
          <span className="contents lg:max-xl:hidden">
            <KeyCap>E</KeyCap>
          </span>
        </a>
        <Button onPress={() => copyText(lead.email, "Address")} className="max-md:flex-1 lg:px-2">
          <Copy size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          <span className="lg:sr-only">Copy email</span>
          <span className="contents lg:hidden">
            <KeyCap>C</KeyCap>
          </span>
        </Button>
        {isPending ? null : (
          <Button
            look="quiet"
            isDisabled={!mayChange}
            aria-describedby={mayChange ? undefined : "change-denied"}
            onPress={onSetBack}
          >
            <Undo2 size={16} strokeWidth={1.75} aria-hidden />
            Set back to pending…
            {mayChange ? <KeyCap>U</KeyCap> : null}
          </Button>
        )}
      </div>
      {mayChange ? null : (
        <p id="change-denied" className="text-xs text-fg-3">
          {explainDenial("leads.update-status")}
        </p>
      )}
    </div>
  );
}
