import { type ListLayout, listColumns, startingLayout } from "@intake/core/views/schema";
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { Button } from "../parts/button";
import { Opener } from "../parts/opener";
import { columnWords } from "./lead-columns";
import { moveColumn } from "./list-layout";

interface LayoutMenuProps {
  layout: ListLayout;
  onChange: (layout: ListLayout) => void;
}

type OptionalColumn = ListLayout["columns"][number];
const optionalColumns = listColumns.filter((column): column is OptionalColumn => column !== "lastName");

/** Which columns there are, in which order, and how high the rows. Kept for the person, on every device. */
export function LayoutMenu({ layout, onChange }: LayoutMenuProps) {
  const hidden = optionalColumns.filter((column) => !layout.columns.includes(column));
  const toggle = (column: OptionalColumn, isShown: boolean) =>
    onChange({
      ...layout,
      columns: isShown ? [...layout.columns, column] : layout.columns.filter((each) => each !== column),
    });
  return (
    <Opener
      shape="icon"
      aria-label="Columns and row height"
      face={<Columns3 size={16} strokeWidth={1.75} aria-hidden />}
      popover={{ label: "Columns and row height", placement: "bottom end", className: "w-72" }}
    >
      {() => (
        <div className="grid gap-4 p-4">
          <fieldset>
            <legend className="mb-1 font-medium">Rows</legend>
            <div className="flex gap-4">
              {(["comfortable", "compact"] as const).map((density) => (
                <label key={density} className="flex min-h-7 items-center gap-2">
                  <input
                    type="radio"
                    name="density"
                    checked={layout.density === density}
                    onChange={() => onChange({ ...layout, density })}
                    className="size-4 accent-(--ink)"
                  />
                  {density === "comfortable" ? "Comfortable" : "Compact"}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset>
            <legend className="mb-1 font-medium">Columns after the name</legend>
            <ul>
              {[...layout.columns, ...hidden].map((column) => {
                const isShown = layout.columns.includes(column);
                return (
                  <li key={column} className="flex min-h-8 items-center gap-1">
                    <label className="flex min-h-8 min-w-0 flex-1 items-center gap-2">
                      <input
                        type="checkbox"
                        checked={isShown}
                        onChange={(event) => toggle(column, event.target.checked)}
                        className="size-4 accent-(--ink)"
                      />
                      {columnWords[column]}
                    </label>
                    {isShown ? (
                      <>
                        <MoveButton layout={layout} column={column} step={-1} onChange={onChange} />
                        <MoveButton layout={layout} column={column} step={1} onChange={onChange} />
                      </>
                    ) : null}
                  </li>
                );
              })}
            </ul>
            <p className="mt-2 text-xs text-fg-3">Columns without room wait until the window is wider.</p>
          </fieldset>
          <Button look="quiet" onPress={() => onChange(startingLayout)}>
            Back to the usual layout
          </Button>
        </div>
      )}
    </Opener>
  );
}

interface MoveButtonProps extends LayoutMenuProps {
  column: OptionalColumn;
  step: 1 | -1;
}

function MoveButton({ layout, column, step, onChange }: MoveButtonProps) {
  const moved = moveColumn(layout, column, step);
  const Icon = step === -1 ? ArrowUp : ArrowDown;
  return (
    <Button
      look="quiet"
      shape="icon"
      aria-label={`Move ${columnWords[column]} ${step === -1 ? "forward" : "back"}`}
      isDisabled={moved === layout}
      onPress={() => onChange(moved)}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden />
    </Button>
  );
}
