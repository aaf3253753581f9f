import type { OfficeReport } from "@intake/core/reports/schema";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { LeadsAddress } from "../leads/leads-address";
import { BarLinks } from "./bar-links";
import { BarPlot, type PlottedBar } from "./bar-plot";
import { ChartFrame, FigureTable } from "./chart-frame";
import { plot, useWidth } from "./chart-layout";
import { count, describeWeek, minutesInWords, waitInWords } from "./figures";
import { reachedIn } from "./lead-links";

type WaitBar = OfficeReport["waits"][number];

/** First contacts of the period by how long they took, with the office's promise among them. */
export function WaitChart({ report }: { report: OfficeReport }) {
  const { waits, firstContact, targetMinutes, hours, period } = report;
  const [box, width] = useWidth();
  const [pointed, setPointed] = useState<string | null>(null);
  const { samples, median } = firstContact.now;
  const promise = waits.findIndex(({ from }) => from === targetMinutes) / waits.length;
  const leadsOf = ({ from, to }: WaitBar): LeadsAddress => ({
    ...reachedIn(period),
    waitFrom: String(from),
    ...(to !== null && { waitTo: String(to) }),
  });
  const bars = waits.map((bar) => ({ ...bar, name: waitInWords(bar) }));
  return (
    <ChartFrame
      title="Time to first contact"
      beside={
        <span className="num text-xs text-fg-2">
          {count(samples)} {samples === 1 ? "lead" : "leads"}
          {median === null ? "" : `, median ${minutesInWords(median)}`}
        </span>
      }
      caption={
        pointed ??
        `Working hours (${describeWeek(hours)}${hours.holidays.length > 0 ? ", without holidays" : ""}) between arrival and “reached out”, for contacts made in the period.`
      }
      table={
        <FigureTable
          label="Time to first contact"
          heads={["Working time", "Leads"]}
          rows={bars.map((bar) => ({
            key: bar.name,
            head:
              bar.leads > 0 ? (
                <Link to="/leads" search={leadsOf(bar)}>
                  {bar.name}
                </Link>
              ) : (
                bar.name
              ),
            figures: [count(bar.leads)],
          }))}
        />
      }
    >
      <div ref={box} className="relative" style={{ height: plot.height }}>
        <div aria-hidden>
          {width > 0 ? (
            <BarPlot hasTotals width={width} gap={0.14} bars={plotted(bars, { width, targetMinutes })} />
          ) : null}
        </div>
        <div className="absolute" style={plot.inset}>
          <div
            className="pointer-events-none absolute inset-y-0 border-s border-dashed border-fg"
            style={{ insetInlineStart: `${promise * 100}%` }}
          >
            <span
              className={`absolute -top-4 text-xs font-medium whitespace-nowrap ${promise > 0.7 ? "end-1.5" : "start-1.5"}`}
            >
              Promise: {minutesInWords(targetMinutes)}
            </span>
          </div>
          <BarLinks
            label={`Time to first contact, ${count(samples)} leads`}
            bars={bars.map((bar) => ({
              key: bar.name,
              words: `${bar.name}: ${count(bar.leads)} ${bar.leads === 1 ? "lead" : "leads"}${bar.from < targetMinutes ? "" : ", after the promise"}`,
              leads: bar.leads > 0 ? leadsOf(bar) : null,
            }))}
            onPoint={setPointed}
          />
        </div>
      </div>
    </ChartFrame>
  );
}

type NamedWait = WaitBar & { name: string };

/** Pixels that the longest name needs. */
const nameWidth = 58;

function plotted(
  bars: NamedWait[],
  { width, targetMinutes }: { width: number; targetMinutes: number },
): PlottedBar[] {
  const column = (width - plot.left) / bars.length;
  const step = Math.ceil(nameWidth / column);
  return bars.map(({ name, from, leads }, index) => ({
    key: name,
    name: index % step === 0 ? name : null,
    parts: [{ value: leads, fill: from < targetMinutes ? "var(--data-1)" : "var(--data-2)" }],
  }));
}
