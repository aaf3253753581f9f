import { trpc } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import type { SignedInUser } from "@intake/core/auth/schema";
import type { Lead } from "@intake/core/leads/schema";
import type { RelatedLead, RelationKind } from "@intake/core/relations/schema";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { History, Link2 } from "lucide-react";
import { useState } from "react";
import { Button as PressButton } from "react-aria-components/Button";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { useZone } from "../time/clock";
import { dayWords, localDay } from "../time/moments";

/** How many letters are shown before "Show all". */
const firstFew = 2;

interface SamePersonProps {
  lead: Lead;
  user: SignedInUser;
}

/** Other letters that are or may be from the same person, what came of them, and whether they belong together. */
export function SamePerson({ lead, user }: SamePersonProps) {
  const related = trpc.relations.list.useQuery({ leadId: lead.id });
  const decide = useDecision(lead.id);
  const [showsAll, setShowsAll] = useState(false);
  const all = related.data ?? [];
  const likely = all.filter(({ decision }) => decision !== "NOT_SAME");
  const dismissed = all.length - likely.length;
  const shown = showsAll ? all : likely.slice(0, firstFew);
  if (all.length === 0) return null;
  const hidden = all.length - shown.length;
  return (
    <section aria-label="Other letters" className="print:hidden grid gap-2">
      {shown.map((other) => (
        <Letter
          key={other.id}
          {...{ lead, other }}
          onDecide={can(user, "leads.relate") ? (kind) => decide(other, kind) : undefined}
        />
      ))}
      {hidden > 0 ? (
        <Button
          look="quiet"
          onPress={() => setShowsAll(true)}
          className="-ms-2 justify-self-start px-2 text-xs"
        >
          {shown.length === 0 && dismissed === hidden
            ? `${dismissed === 1 ? "1 letter" : `${dismissed} letters`} said to be from somebody else: show`
            : `Show ${hidden} more`}
        </Button>
      ) : null}
    </section>
  );
}

interface LetterProps {
  lead: Lead;
  other: RelatedLead;
  /** Left out for who may not decide. */
  onDecide: ((kind: RelationKind | null) => void) | undefined;
}

function Letter({ lead, other, onDecide }: LetterProps) {
  const zone = useZone();
  const isLinked = other.decision === "SAME_PERSON";
  const isDismissed = other.decision === "NOT_SAME";
  const Icon = isLinked ? Link2 : History;
  const isEarlier = other.createdAt < lead.createdAt;
  const label = isDismissed ? "Somebody else:" : isEarlier ? "Wrote before:" : "Wrote again:";
  return (
    <div
      className={`flex gap-3 rounded-e-2 border border-line border-s-[3px] bg-surface px-3 py-2.5 ${isDismissed ? "border-s-line-strong" : "border-s-ink"}`}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none text-ink" />
      <div className="min-w-0 flex-1 wrap-anywhere">
        <p>
          <b className="font-semibold">{label}</b> {dayWords(localDay(new Date(other.createdAt), zone))},{" "}
          {describeLikeness(other)}. {describeOutcome(other, zone)}
        </p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-4 gap-y-1">
          <Link to="/leads/$leadId" params={{ leadId: other.id }} className="num">
            {other.reference}
          </Link>
          {onDecide && other.decision === null ? (
            <>
              <TextButton onPress={() => onDecide("SAME_PERSON")}>Link the two</TextButton>
              <TextButton onPress={() => onDecide("NOT_SAME")}>Not the same person</TextButton>
            </>
          ) : null}
          {isLinked ? <span className="text-xs text-fg-3">Linked</span> : null}
          {onDecide && other.decision !== null ? (
            <TextButton onPress={() => onDecide(null)}>
              {isLinked ? "Take the link away" : "Take that back"}
            </TextButton>
          ) : null}
        </p>
      </div>
    </div>
  );
}

/** A choice that reads on in its line like the links beside it. */
function TextButton({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <PressButton
      onPress={onPress}
      className="min-h-6 text-ink underline hover:text-ink-hover pointer-coarse:min-h-(--touch-h)"
    >
      {children}
    </PressButton>
  );
}

function describeLikeness({ sameEmail, sameName, firstName, lastName }: RelatedLead): string {
  if (sameEmail) return sameName ? "same email" : `same email, as ${firstName} ${lastName}`;
  return sameName ? "same name, another email" : `as ${firstName} ${lastName}`;
}

function describeOutcome(other: RelatedLead, zone: string): string {
  if (other.status === "PENDING") return "Still pending.";
  const who = other.reachedOutBy ?? "Somebody";
  if (!other.reachedOutAt) return `${who} reached out.`;
  const day = localDay(new Date(other.reachedOutAt), zone);
  const when = day === localDay(new Date(other.createdAt), zone) ? "the same day" : `on ${dayWords(day)}`;
  return `${who} reached out ${when}.`;
}

function useDecision(leadId: string) {
  const utils = trpc.useUtils();
  const mutation = useMutation({
    mutationFn: ({ other, kind }: { other: RelatedLead; kind: RelationKind | null }) =>
      utils.client.relations.decide.mutate({ leadId, otherId: other.id, kind }),
    onSuccess(_done, { other, kind }) {
      const undo = () => mutation.mutate({ other: { ...other, decision: kind }, kind: other.decision });
      const said = { SAME_PERSON: "Linked", NOT_SAME: "Kept apart" };
      showToast({
        tone: "done",
        text: kind === null ? `Taken back for ${other.reference}.` : `${said[kind]}: ${other.reference}.`,
        action: { label: "Undo", key: "U", run: undo },
      });
      return Promise.all([utils.relations.list.invalidate(), utils.leads.events.invalidate({ leadId })]);
    },
  });
  return (other: RelatedLead, kind: RelationKind | null) => mutation.mutate({ other, kind });
}
