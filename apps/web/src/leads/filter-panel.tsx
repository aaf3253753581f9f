import { trpc } from "@intake/client/react";
import { leadSourceSchema } from "@intake/core/leads/schema";
import { scanStates } from "@intake/core/resumes/schema";
import { ListFilter } from "lucide-react";
import { Button } from "../parts/button";
import { Opener } from "../parts/opener";
import { useNow, useZone } from "../time/clock";
import { dayOf, momentOf, shiftDay } from "../time/days";
import { localDay } from "../time/moments";
import { DayField, FilterGroup, FilterSelect } from "./filter-parts";
import { describeFilters, mailWords, scanWords } from "./filter-words";
import { sourceWords } from "./lead-columns";
import { clearFilters, type ListPlace } from "./leads-address";

type Change = Partial<ListPlace>;

interface FilterPanelProps {
  place: ListPlace;
  onChange: (change: Change) => void;
  onClear: () => void;
  /** How many leads the filters leave; null while it is counted. */
  total: string | null;
}

const yesNo = [
  { value: "true", label: "Yes" },
  { value: "false", label: "No" },
];
const statusOptions = [
  { value: "PENDING", label: "Pending" },
  { value: "REACHED_OUT", label: "Reached out" },
] as const;

/** Everything that narrows the list; a choice holds at once, so the list behind shows what it does. */
export function FilterPanel({ place, onChange, onClear, total }: FilterPanelProps) {
  const count = describeFilters(place, { colleagues: [], zone: "UTC" }).length;
  return (
    <Opener
      face={
        <>
          <ListFilter size={16} strokeWidth={1.75} aria-hidden />
          Filter
          {count > 0 ? (
            <span className="num font-normal text-fg-3">
              {count}
              <span className="sr-only"> in force</span>
            </span>
          ) : null}
        </>
      }
      popover={{ label: "Filters", placement: "bottom start", className: "w-[45rem]" }}
    >
      {(close) => (
        <>
          <Groups place={place} onChange={onChange} />
          <div className="sticky bottom-0 flex items-center gap-2 border-t border-line bg-raised px-5 py-3">
            <Button
              look="quiet"
              isDisabled={Object.keys(clearFilters(place)).length === 0 && count === 0}
              onPress={onClear}
            >
              Clear
            </Button>
            <span className="ms-auto text-xs text-fg-3 max-md:hidden">Choices hold at once, Esc closes</span>
            <Button look="primary" onPress={close} className="max-md:ms-auto">
              {total === null ? "Show leads" : `Show ${total} ${total === "1" ? "lead" : "leads"}`}
            </Button>
          </div>
        </>
      )}
    </Opener>
  );
}

function Groups({ place, onChange }: Pick<FilterPanelProps, "place" | "onChange">) {
  const colleagues = trpc.leads.colleagues.useQuery().data ?? [];
  const others = colleagues.filter(({ isYou, takesPart }) => takesPart && !isYou);
  return (
    <div className="grid grid-cols-3 gap-x-8 gap-y-5 p-5 max-md:grid-cols-1">
      <FilterGroup
        title="Status"
        value={place.status}
        options={statusOptions}
        onChange={(status) => onChange({ status })}
      />
      <FilterGroup
        title="Answer"
        value={place.late === true ? "overdue" : place.answered}
        options={[
          { value: "overdue", label: "Late, still pending" },
          { value: "IN_TIME", label: "Answered in time" },
          { value: "LATE", label: "Late, answered or not" },
        ]}
        onChange={(value) =>
          onChange({
            late: value === "overdue" ? true : undefined,
            answered: value === "IN_TIME" || value === "LATE" ? value : undefined,
          })
        }
      />
      <FilterGroup
        title="For you"
        value={toWord(place.unread)}
        options={[
          { value: "true", label: "Unread" },
          { value: "false", label: "Read" },
        ]}
        onChange={(value) => onChange({ unread: fromWord(value) })}
      />
      <DayGroup title="Received" keys={["createdFrom", "createdTo"]} place={place} onChange={onChange} />
      <DayGroup title="Reached out" keys={["reachedFrom", "reachedTo"]} place={place} onChange={onChange} />
      <div className="grid content-start gap-3">
        <FilterSelect
          title="With"
          value={place.assignee}
          options={[
            { value: "me", label: "Me" },
            { value: "nobody", label: "Nobody yet" },
            ...others.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(assignee) => onChange({ assignee })}
        />
        <FilterSelect
          title="Came through"
          value={place.source}
          options={leadSourceSchema.options.map((value) => ({ value, label: sourceWords[value] }))}
          onChange={(source) => onChange({ source })}
        />
      </div>
      <FilterSelect
        title="Check of the resume"
        value={place.scan}
        options={scanStates.map((value) => ({ value, label: scanWords[value] }))}
        onChange={(scan) => onChange({ scan })}
      />
      <FilterSelect
        title="Our receipt to them"
        value={place.mail}
        options={mailStatesShown.map((value) => ({ value, label: mailWords[value] }))}
        onChange={(mail) => onChange({ mail })}
      />
      <div className="grid grid-cols-2 gap-3">
        <FilterSelect
          title="Resume opens"
          value={toWord(place.hasResume)}
          options={yesNo}
          onChange={(value) => onChange({ hasResume: fromWord(value) })}
        />
        <FilterSelect
          title="Has notes"
          value={toWord(place.hasNote)}
          options={yesNo}
          onChange={(value) => onChange({ hasNote: fromWord(value) })}
        />
      </div>
    </div>
  );
}

const mailStatesShown = ["UNDELIVERED", "FAILED", "SUPPRESSED", "QUEUED", "SENDING", "SENT"] as const;
const spans = [
  { days: 1, label: "Today" },
  { days: 7, label: "7 days" },
  { days: 30, label: "30 days" },
];

interface DayGroupProps extends Pick<FilterPanelProps, "place" | "onChange"> {
  title: string;
  keys: ["createdFrom", "createdTo"] | ["reachedFrom", "reachedTo"];
}

function DayGroup({ title, keys: [fromKey, toKey], place, onChange }: DayGroupProps) {
  const zone = useZone();
  const today = localDay(useNow(), zone);
  const from = place[fromKey] === undefined ? "" : dayOf(place[fromKey], zone, "from");
  const to = place[toKey] === undefined ? "" : dayOf(place[toKey], zone, "to");
  const set = (first: string, last: string) =>
    onChange({
      [fromKey]: first ? momentOf(first, zone, "from") : undefined,
      [toKey]: last ? momentOf(last, zone, "to") : undefined,
    });
  return (
    <fieldset className="grid content-start gap-2">
      <legend className="mb-1 font-medium">{title}</legend>
      <div className="flex">
        {spans.map(({ days, label }) => {
          const first = shiftDay(today, 1 - days);
          const isChosen = from === first && to === "";
          return (
            <button
              key={label}
              type="button"
              aria-pressed={isChosen}
              onClick={() => set(isChosen ? "" : first, "")}
              className="-ms-px min-h-(--control-h) flex-1 border border-line-2 px-2 whitespace-nowrap first:ms-0 first:rounded-s-2 last:rounded-e-2 hover:bg-hover aria-pressed:bg-sunken aria-pressed:font-medium pointer-coarse:min-h-(--touch-h)"
            >
              {label}
            </button>
          );
        })}
      </div>
      <div className="grid gap-2">
        <DayField label="From" value={from} onChange={(day) => set(day, to)} />
        <DayField label="To" value={to} onChange={(day) => set(from, day)} />
      </div>
    </fieldset>
  );
}

function toWord(value: boolean | undefined): "true" | "false" | undefined {
  if (value === undefined) return undefined;
  return value ? "true" : "false";
}

function fromWord(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === "true";
}
