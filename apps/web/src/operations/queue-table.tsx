import type { QueueEntry } from "@intake/core/operations/schema";
import { Section } from "../settings/section";
import { Moment } from "../time/moment";

/** Depth and age of every queue; those with nothing to do stand together in one line. */
export function QueueTable({ queues }: { queues: readonly QueueEntry[] }) {
  const busy = queues.filter(({ waiting, running, dead }) => waiting + running + dead > 0);
  const idle = queues.length - busy.length;
  return (
    <Section title="Queues">
      {busy.length > 0 ? (
        <table aria-label="Queues" className="w-full border-collapse">
          <thead>
            <tr className="border-b border-line text-xs text-fg-2 [&>th]:py-1.5 [&>th]:font-medium [&>th:not(:first-child)]:ps-3 [&>th:not(:first-child)]:text-end">
              <th scope="col" className="text-start">
                Jobs
              </th>
              <th scope="col">Waiting</th>
              <th scope="col">Running</th>
              <th scope="col">Gave up</th>
            </tr>
          </thead>
          <tbody>
            {busy.map(({ name, waiting, running, dead, oldestAt }) => (
              <tr key={name} className="border-b border-line [&>td]:ps-3 [&>td]:text-end">
                <th scope="row" className="py-2 text-start font-normal wrap-anywhere">
                  {name}
                  {oldestAt ? (
                    <span className="block text-xs text-fg-3">
                      oldest <Moment at={oldestAt} />
                    </span>
                  ) : null}
                </th>
                <Count amount={waiting} />
                <Count amount={running} />
                <Count amount={dead} isBad />
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className="text-xs text-fg-3">{idleWords(idle, busy.length > 0)}</p>
    </Section>
  );
}

function idleWords(idle: number, isRest: boolean): string {
  if (!isRest) return `All ${idle} have nothing to do.`;
  return idle === 1 ? "1 other has nothing to do." : `${idle} others have nothing to do.`;
}

function Count({ amount, isBad = false }: { amount: number; isBad?: boolean }) {
  const color = amount === 0 ? "text-fg-3" : isBad ? "font-medium text-danger" : "";
  return <td className={`num ${color}`}>{amount.toLocaleString("en-GB")}</td>;
}
