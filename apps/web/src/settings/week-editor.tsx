import { useState } from "react";
import { DayHours } from "./day-hours";
import { copySpans, type DraftProblems, type DraftSpan, newSpan } from "./office-draft";

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const monday = 1;
const fromMonday = [1, 2, 3, 4, 5, 6, 0];
const restOfTheWorkWeek = [2, 3, 4, 5];

interface WeekEditorProps {
  /** Sunday first. */
  week: DraftSpan[][];
  problems: DraftProblems["days"];
  onChange: (week: DraftSpan[][]) => void;
}

/** When the office is open on each weekday. */
export function WeekEditor({ week, problems, onChange }: WeekEditorProps) {
  const [freshId, setFreshId] = useState<number | null>(null);
  const ofMonday = week[monday] ?? [];

  function setDays(changed: number[], spansOf: (before: DraftSpan[]) => DraftSpan[]): void {
    onChange(week.map((spans, day) => (changed.includes(day) ? spansOf(spans) : spans)));
  }

  function add(day: number): void {
    const isFirst = week[day]?.length === 0;
    const span = isFirst ? newSpan("09:00", "17:30") : newSpan();
    setFreshId(span.id);
    setDays([day], (spans) => [...spans, span]);
  }

  return (
    <div>
      {fromMonday.map((day) => (
        <DayHours
          key={day}
          name={days[day] ?? ""}
          spans={week[day] ?? []}
          freshId={freshId}
          problem={problems[day]}
          onChange={(spans) => setDays([day], () => spans)}
          onAdd={() => add(day)}
          onCopy={
            day === monday && ofMonday.length > 0
              ? () => setDays(restOfTheWorkWeek, () => copySpans(ofMonday))
              : undefined
          }
        />
      ))}
      {week.every((spans) => spans.length === 0) ? (
        <p className="mt-2 text-fg-2">Without any hours the clock runs day and night, on holidays too.</p>
      ) : null}
    </div>
  );
}
