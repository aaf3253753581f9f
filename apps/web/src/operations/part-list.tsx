import { type PartReport, type PartState, stateWords } from "@intake/core/operations/policy";
import { Link } from "@tanstack/react-router";
import { CircleCheck, CircleMinus, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import { Section } from "../settings/section";
import { Moment } from "../time/moment";

const looks: Record<PartState, { Icon: LucideIcon; color: string }> = {
  working: { Icon: CircleCheck, color: "text-done" },
  look: { Icon: TriangleAlert, color: "text-pending" },
  broken: { Icon: CircleX, color: "text-danger" },
  off: { Icon: CircleMinus, color: "text-fg-3" },
};

/** Each part with its state, how it stands, since when, and where it says what to do. */
export function PartList({ parts }: { parts: readonly PartReport[] }) {
  return (
    <Section title="Parts">
      <ul className="border-t border-line">
        {parts.map((part) => (
          <PartLine key={part.name} part={part} />
        ))}
      </ul>
    </Section>
  );
}

function PartLine({ part: { name, state, words, at, runbook } }: { part: PartReport }) {
  const { Icon, color } = looks[state];
  return (
    <li className="flex min-h-11.5 items-center gap-3 border-b border-line py-1.5">
      <Icon
        size={16}
        strokeWidth={1.75}
        role="img"
        aria-label={stateWords[state]}
        className={`flex-none ${color}`}
      />
      <p className="min-w-0 wrap-anywhere text-fg-2 max-md:flex-1">
        <b className="font-semibold text-fg">{name}</b> {words}
        {at ? (
          <span className="text-xs text-fg-3 md:hidden">
            , <Moment at={at} />
          </span>
        ) : null}
      </p>
      {runbook ? (
        <Link
          to="/operations/runbooks/$name"
          params={{ name: runbook }}
          className="flex-none py-1.5 text-xs whitespace-nowrap"
          aria-label={`What to do about: ${name}`}
        >
          What to do
        </Link>
      ) : null}
      <span className="ms-auto flex-none text-end text-xs text-fg-3 max-md:hidden">
        {at ? <Moment at={at} standsAlone /> : null}
      </span>
    </li>
  );
}
