import { CircleAlert, Plus, X } from "lucide-react";
import { useId, useRef } from "react";
import { clockTime } from "../home/figures";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";
import { type DraftSpan, minuteOfDay } from "./office-draft";

const mostSpans = 4;

interface DayHoursProps {
  /** `Monday`. */
  name: string;
  spans: DraftSpan[];
  /** The span that was just added takes the keyboard. */
  freshId: number | null;
  problem: string | undefined;
  onChange: (spans: DraftSpan[]) => void;
  onAdd: () => void;
  /** Where the hours of this day can be those of others. */
  onCopy: (() => void) | undefined;
}

/** The hours of one weekday: none, one span, or several around breaks. */
export function DayHours({ name, spans, freshId, problem, onChange, onAdd, onCopy }: DayHoursProps) {
  const id = useId();
  const addButton = useRef<HTMLButtonElement>(null);

  function replace(changed: DraftSpan): void {
    onChange(spans.map((span) => (span.id === changed.id ? changed : span)));
  }

  function remove(removed: DraftSpan): void {
    onChange(spans.filter(({ id }) => id !== removed.id));
    addButton.current?.focus();
  }

  return (
    <fieldset
      aria-labelledby={id}
      className="grid gap-x-4 border-b border-line py-1.5 md:grid-cols-[7rem_minmax(0,1fr)]"
    >
      <span id={id} className="flex min-h-(--control-h) items-center self-start font-medium">
        {name}
      </span>
      <div className="flex min-w-0 flex-wrap items-start gap-x-2 gap-y-1.5">
        <div className="grid gap-1.5">
          {spans.length === 0 ? (
            <span className="flex min-h-(--control-h) items-center text-fg-3">Closed</span>
          ) : null}
          {spans.map((span) => (
            <div key={span.id} className="flex items-center gap-2">
              <TimeBox
                label={`${name} from`}
                value={span.from}
                isFresh={span.id === freshId}
                problemId={problem ? `${id}-problem` : undefined}
                onChange={(from) => replace({ ...span, from })}
              />
              <span aria-hidden>–</span>
              <TimeBox
                label={`${name} to`}
                value={span.to}
                problemId={problem ? `${id}-problem` : undefined}
                onChange={(to) => replace({ ...span, to })}
              />
              <Button
                look="quiet"
                shape="icon"
                aria-label={`Remove ${name} ${span.from}–${span.to}`}
                onPress={() => remove(span)}
              >
                <X size={16} strokeWidth={1.75} aria-hidden />
              </Button>
            </div>
          ))}
        </div>
        <Button
          ref={addButton}
          look="quiet"
          shape="icon"
          aria-label={`Add hours on ${name}`}
          isDisabled={spans.length >= mostSpans}
          onPress={onAdd}
        >
          <Plus size={16} strokeWidth={1.75} aria-hidden />
        </Button>
        {onCopy ? (
          <Button look="quiet" onPress={onCopy}>
            Copy to Tuesday–Friday
          </Button>
        ) : null}
      </div>
      {problem ? (
        <p id={`${id}-problem`} className="mt-1 flex gap-1.5 text-danger md:col-start-2">
          <CircleAlert size={16} strokeWidth={1.75} aria-hidden className="mt-0.5 flex-none" />
          <span>{problem}</span>
        </p>
      ) : null}
    </fieldset>
  );
}

interface TimeBoxProps {
  label: string;
  value: string;
  isFresh?: boolean;
  problemId: string | undefined;
  onChange: (value: string) => void;
}

/** A time of the day, typed; `9` becomes `09:00` when the keyboard leaves. */
function TimeBox({ label, value, isFresh = false, problemId, onChange }: TimeBoxProps) {
  return (
    <input
      aria-label={label}
      value={value}
      placeholder="09:00"
      autoComplete="off"
      // biome-ignore lint/a11y/noAutofocus: these hours were asked for this very moment
      autoFocus={isFresh}
      aria-invalid={problemId ? true : undefined}
      aria-describedby={problemId}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => {
        const minutes = minuteOfDay(value);
        if (!Number.isNaN(minutes) && clockTime(minutes) !== value) onChange(clockTime(minutes));
      }}
      className={`${inputClass} num max-w-18 text-center`}
    />
  );
}
