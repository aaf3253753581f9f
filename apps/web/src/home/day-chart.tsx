import type { OfficeReport, ReportDay } from "@intake/core/reports/schema";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { BarLinks } from "./bar-links";
import { BarPlot, type PlottedBar } from "./bar-plot";
import { ChartFrame, FigureTable, Legend, openStripes } from "./chart-frame";
import { plot, useWidth } from "./chart-layout";
import { count, dayInWords, placeAndZone } from "./figures";
import { arrivedIn } from "./lead-links";

/** Leads by day of arrival and by what has become of them. */
export function DayChart({ report }: { report: OfficeReport }) {
  const { byDay, hours, received, period } = report;
  const [box, width] = useWidth();
  const [pointed, setPointed] = useState<string | null>(null);
  const hasUnpromised = byDay.some(({ unpromised }) => unpromised > 0);
  const zone = placeAndZone(new Date(period.to), hours.zone);
  const heads = ["Day", "In time", "Late", ...(hasUnpromised ? ["No target then"] : []), "Pending"];
  return (
    <ChartFrame
      title="Leads per day"
      beside={
        <>
          <Legend mark="var(--data-1)">answered in time</Legend>
          <Legend mark="var(--data-2)">answered late</Legend>
          {hasUnpromised ? <Legend mark="var(--data-6)">answered, no target then</Legend> : null}
          <Legend mark={openStripes}>still pending</Legend>
        </>
      }
      caption={pointed ?? `By day of arrival, ${zone}. Choose a day to see its leads.`}
      table={
        <FigureTable
          label="Leads per day"
          heads={heads}
          rows={[...byDay].reverse().map((day) => ({
            key: day.day,
            head: totalOf(day) > 0 ? <DayLink day={day} /> : dayInWords(day.day, "long"),
            figures: [day.inTime, day.late, ...(hasUnpromised ? [day.unpromised] : []), day.pending].map(
              count,
            ),
          }))}
        />
      }
    >
      <div ref={box} className="relative" style={{ height: plot.height }}>
        <div aria-hidden>
          {width > 0 ? (
            <BarPlot width={width} gap={byDay.length > 40 ? 0.3 : 0.2} bars={plotted(byDay, width)} />
          ) : null}
        </div>
        <div className="absolute" style={plot.inset}>
          <BarLinks
            label={`Leads per day, ${count(received.now)} in ${byDay.length} days`}
            bars={byDay.map((day) => ({
              key: day.day,
              words: describeDay(day),
              leads: totalOf(day) > 0 ? arrivedIn(day) : null,
            }))}
            onPoint={setPointed}
          />
        </div>
      </div>
    </ChartFrame>
  );
}

function DayLink({ day }: { day: ReportDay }) {
  return (
    <Link to="/leads" search={arrivedIn(day)}>
      {dayInWords(day.day, "long")}
    </Link>
  );
}

function totalOf({ inTime, late, unpromised, pending }: ReportDay): number {
  return inTime + late + unpromised + pending;
}

function describeDay(day: ReportDay): string {
  const parts = [
    day.inTime > 0 ? `${count(day.inTime)} answered in time` : "",
    day.late > 0 ? `${count(day.late)} late` : "",
    day.unpromised > 0 ? `${count(day.unpromised)} answered` : "",
    day.pending > 0 ? `${count(day.pending)} pending` : "",
  ].filter(Boolean);
  const total = totalOf(day);
  const name = dayInWords(day.day, "long");
  if (total === 0) return `${name}: no leads`;
  return `${name}: ${count(total)} ${total === 1 ? "lead" : "leads"}, ${parts.join(", ")}`;
}

function plotted(days: ReportDay[], width: number): PlottedBar[] {
  const named = namedDays(days, width);
  return days.map((day) => ({
    key: day.day,
    name: named.has(day.day) ? dayInWords(day.day) : null,
    parts: [
      { value: day.inTime, fill: "var(--data-1)" },
      { value: day.late, fill: "var(--data-2)" },
      { value: day.unpromised, fill: "var(--data-6)" },
      { value: day.pending, fill: "url(#still-open)", edge: "var(--data-1)" },
    ],
  }));
}

/** Pixels that the name of a day needs. */
const nameWidth = 48;

/** Every day of a week, else Mondays, as far apart as their names need and none so near the end that it would be cut. */
function namedDays(days: ReportDay[], width: number): Set<string> {
  const column = (width - plot.left) / days.length;
  const candidates = days.flatMap(({ day }, index) => {
    const isCut = (days.length - index - 0.5) * column < nameWidth / 2;
    return !isCut && (days.length <= 7 || new Date(day).getUTCDay() === 1) ? [{ day, index }] : [];
  });
  const named = new Set<string>();
  let last = Number.NEGATIVE_INFINITY;
  for (const { day, index } of candidates) {
    if ((index - last) * column < nameWidth) continue;
    named.add(day);
    last = index;
  }
  return named;
}
