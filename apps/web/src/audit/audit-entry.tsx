import { describeType, isAlarming } from "@intake/core/audit/policy";
import type { AuditEntry } from "@intake/core/audit/schema";
import { roleWords } from "@intake/core/auth/policy";
import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";

/** Who did it. */
export function Who({ actor }: Pick<AuditEntry, "actor">) {
  switch (actor.type) {
    case "user":
      return <bdi>{actor.name ?? "A former colleague"}</bdi>;
    case "api_key":
      return (
        <span>
          API key <bdi>{actor.name}</bdi>
        </span>
      );
    case "prospect":
      return <span className="text-fg-2">Nobody signed in</span>;
    case "system":
      return <span className="text-fg-2">System</span>;
  }
}

/** What happened, in words. */
export function Did({ type }: Pick<AuditEntry, "type">) {
  if (!isAlarming(type)) return <span className="text-fg-2">{describeType(type)}</span>;
  return (
    <span className="inline-flex items-center gap-1.5 font-medium text-danger">
      <CircleAlert size={14} strokeWidth={1.75} aria-hidden className="flex-none" />
      {describeType(type)}
    </span>
  );
}

/** To what: the lead, the person if it is not the one who did it, and the details an event holds. */
export function ToWhat({ entry }: { entry: AuditEntry }) {
  const { lead, person, actor } = entry;
  const details = describeDetails(entry.data);
  const other = person && !(actor.type === "user" && actor.name === person.name) ? person.name : null;
  if (!lead && !other && !details) return <span className="text-fg-3 max-md:hidden">–</span>;
  return (
    <span className="wrap-anywhere">
      {lead ? (
        <Link to="/leads/$leadId" params={{ leadId: lead.id }}>
          <bdi>{lead.name}</bdi>
        </Link>
      ) : null}
      {other ? <bdi>{other}</bdi> : null}
      {details ? `${lead || other ? ": " : ""}${details}` : null}
    </span>
  );
}

/** The seal's first digits, or that there is none yet. */
export function Seal({ seal }: Pick<AuditEntry, "seal">) {
  if (!seal) return <span className="text-fg-3">Not sealed yet</span>;
  return (
    <span className="num font-mono text-xs text-fg-2" title={`Entry ${seal.position}: ${seal.hash}`}>
      {seal.hash.slice(0, 4)} {seal.hash.slice(4, 8)}
    </span>
  );
}

/** Facts whose name adds nothing to their value. */
const plainFacts = ["method", "channel", "kind", "fields", "reason"];

const words: Record<string, string> = {
  ...roleWords,
  PENDING: "Pending",
  REACHED_OUT: "Reached out",
  EMAIL: "by email",
  PHONE: "by phone",
  OTHER: "another way",
  PASSWORD: "by password",
  PASSKEY: "by passkey",
  SINGLE_SIGN_ON: "by single sign-on",
};
const word = (value: unknown) => words[String(value)] ?? String(value);

/** `Attorney → Intake`, `by email`, `rows 12`; ids say nothing to a reader and stay out. */
function describeDetails({ from, to, ...rest }: AuditEntry["data"]): string {
  const parts = from !== undefined && to !== undefined ? [`${word(from)} → ${word(to)}`] : [];
  for (const [key, value] of Object.entries(rest)) {
    if (value === null || value === false || key.endsWith("Id")) continue;
    if (key === "role") parts.push(`as ${word(value)}`);
    else parts.push(plainFacts.includes(key) ? word(value) : `${key} ${word(value)}`);
  }
  return parts.join(", ");
}
