import { kindWords } from "@intake/core/audit/policy";
import { auditKindSchema } from "@intake/core/audit/schema";
import type { Ref } from "react";
import { SearchBox } from "../leads/search-box";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";
import type { AuditAddress } from "./audit-address";
import { FilterChoice } from "./filter-choice";
import { PersonFilter } from "./person-filter";

interface AuditFiltersProps {
  address: AuditAddress;
  onChange: (change: AuditAddress, replace?: boolean) => void;
  onClear: () => void;
  searchBox: Ref<HTMLInputElement>;
  /** The zone the days are meant in. */
  zone: string;
}

/** Search, person, kind and days. A lead comes with a link, and can be taken away. */
export function AuditFilters({ address, onChange, onClear, searchBox, zone }: AuditFiltersProps) {
  const isNarrowed = Object.keys(address).some((key) => key !== "cursor");
  return (
    <search className="flex flex-wrap items-end gap-2 px-6 py-3 max-md:px-4">
      <div className="flex w-72 max-md:w-full">
        <SearchBox
          value={address.q ?? ""}
          onSearch={(q) => onChange({ q }, true)}
          inputRef={searchBox}
          label="Search person, lead or reference"
          placeholder="Person, lead, reference"
        />
      </div>
      <PersonFilter userId={address.userId} onChoose={(userId) => onChange({ userId })} />
      <FilterChoice label="Kind" value={address.kind} onChange={(kind) => onChange({ kind })}>
        <option value="">Every kind</option>
        {auditKindSchema.options.map((kind) => (
          <option key={kind} value={kind}>
            {kindWords[kind]}
          </option>
        ))}
      </FilterChoice>
      <Day label="From" zone={zone} value={address.from} onChange={(from) => onChange({ from })} />
      <Day label="To" zone={zone} value={address.to} onChange={(to) => onChange({ to })} />
      {isNarrowed ? (
        <Button look="quiet" onPress={onClear}>
          Clear filters
        </Button>
      ) : null}
    </search>
  );
}

interface DayProps {
  label: string;
  zone: string;
  value: string | undefined;
  onChange: (day: string) => void;
}

function Day({ label, zone, value, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-2 text-fg-2 max-md:w-full">
      <span className="max-md:w-12">
        {label}
        <span className="sr-only">, a day in {zone}</span>
      </span>
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass}
      />
    </label>
  );
}
