import type { AuditEntry } from "@intake/core/audit/schema";
import { useZone } from "../time/clock";
import { toTheSecond } from "../time/moments";
import { Did, Seal, ToWhat, Who } from "./audit-entry";

/** To the second: of two things in one minute the order counts. */
function When({ at }: { at: string }) {
  return (
    <time dateTime={at} className="num whitespace-nowrap">
      {toTheSecond(new Date(at), useZone())}
    </time>
  );
}

/** The audit as a table. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <div className="overflow-x-auto">
      <table aria-label="Audit" className="w-full text-start">
        <thead className="border-b border-line text-fg-2">
          <tr>
            {["When", "Who", "Did", "To what", "From", "Seal"].map((title) => (
              <th key={title} scope="col" className="px-3 py-2 text-start font-medium first:ps-6 last:pe-6">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr
              key={entry.id}
              className="border-b border-line hover:bg-hover [&>td]:px-3 [&>td]:py-2 [&>td]:align-top"
            >
              <td className="ps-6!">
                <When at={entry.at} />
              </td>
              <td>
                <Who actor={entry.actor} />
              </td>
              <td>
                <Did type={entry.type} />
              </td>
              <td>
                <ToWhat entry={entry} />
              </td>
              <td className="num text-fg-2">{entry.source ?? "–"}</td>
              <td className="pe-6! whitespace-nowrap">
                <Seal seal={entry.seal} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The audit on a phone. */
export function AuditCards({ entries }: { entries: AuditEntry[] }) {
  return (
    <ul aria-label="Audit" className="border-t border-line">
      {entries.map((entry) => (
        <li key={entry.id} className="grid gap-0.5 border-b border-line px-4 py-3">
          <span className="flex flex-wrap gap-x-2">
            <Did type={entry.type} />
            <ToWhat entry={entry} />
          </span>
          <span>
            <Who actor={entry.actor} />
            {entry.source ? <span className="num text-fg-2"> from {entry.source}</span> : null}
          </span>
          <span className="flex flex-wrap justify-between gap-x-3 text-xs text-fg-2">
            <When at={entry.at} />
            <Seal seal={entry.seal} />
          </span>
        </li>
      ))}
    </ul>
  );
}
