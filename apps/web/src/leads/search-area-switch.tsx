import { type SearchArea, searchAreaSchema, searchAreas } from "@intake/core/leads/schema";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { ToggleButtonGroup } from "react-aria-components/ToggleButtonGroup";

const labels: Record<SearchArea, { whole: string; short: string }> = {
  everything: { whole: "Everywhere", short: "Everywhere" },
  person: { whole: "Names and addresses", short: "Names" },
  resume: { whole: "Resumes", short: "Resumes" },
};

interface SearchAreaSwitchProps {
  area: SearchArea;
  onChange: (area: SearchArea) => void;
}

/** Where the search looks. The arrow keys walk it, Space chooses. */
export function SearchAreaSwitch({ area, onChange }: SearchAreaSwitchProps) {
  return (
    <ToggleButtonGroup
      aria-label="Search in"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[area]}
      onSelectionChange={(keys) => {
        const chosen = searchAreaSchema.safeParse([...keys][0]);
        if (chosen.success) onChange(chosen.data);
      }}
      className="flex rounded-2 bg-sunken p-0.5 max-md:w-full"
    >
      {searchAreas.map((each) => (
        <ToggleButton
          key={each}
          id={each}
          aria-label={labels[each].whole}
          className="inline-flex min-h-7 items-center justify-center rounded-1 px-2.5 text-fg-2 whitespace-nowrap hover:text-fg data-selected:bg-surface data-selected:font-medium data-selected:text-fg data-selected:shadow-1 max-md:min-h-(--touch-h) max-md:flex-1 pointer-coarse:min-h-(--touch-h) forced-colors:data-selected:outline"
        >
          <span className="max-lg:hidden">{labels[each].whole}</span>
          <span className="lg:hidden">{labels[each].short}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
