import { kindWords } from "@intake/core/audit/policy";
import { auditKindSchema } from "@intake/core/audit/schema";
import type { Ref } from "react";
import { SearchBox } from "../leads/search-box";
import { Button } from "../parts/button";
import { inputClass } from "../parts/field";
import type { AuditAddress } from "./audit-address";

interface AuditFiltersProps {
  address: AuditAddress;
  onChange: (change: AuditAddress, replace?: boolean) => void;
  onClear: () => void;
  searchBox: Ref<HTMLInputElement>;
}

/** Search, kind and days. A person or lead comes with a link and can be taken away. */
export function AuditFilters({ address, onChange, onClear, searchBox }: AuditFiltersProps) {
  const isNarrowed = Object.keys(address).some((key) => key !== "cursor");
  return (
    <search className="flex flex-wrap items-end gap-2 px-6 py-3 max-md:px-4">
      <SearchBox
        value={address.q ?? ""}
        onSearch={(q) => onChange({ q }, true)}
        inputRef={searchBox}
        label="Search person, lead or reference"
        placeholder="Person, lead, reference"
      />
      <label className="max-md:flex-1">
        <span className="sr-only">Kind</span>
        <select
          value={address.kind ?? ""}
          onChange={(event) => onChange({ kind: event.target.value })}
          className={inputClass}
        >
          <option value="">Every kind</option>
          {auditKindSchema.options.map((kind) => (
            <option key={kind} value={kind}>
              {kindWords[kind]}
            </option>
          ))}
        </select>
      </label>
      <Day label="From" value={address.from} onChange={(from) => onChange({ from })} />
      <Day label="To" value={address.to} onChange={(to) => onChange({ to })} />
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
  value: string | undefined;
  onChange: (day: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <label className="flex items-center gap-2 text-fg-2 max-md:w-full max-md:[&>span]:w-12">
      <span>{label}</span>
      <input
        type="date"
        value={value ?? ""}
        onChange={(event) => onChange(event.target.value)}
        className={inputClass}
      />
    </label>
  );
}
