import { columnWidthLimits, type ListColumn, type ListLayout } from "@intake/core/views/schema";

/** CSS pixels of each column until somebody resizes it; the name takes what is left. */
const usualWidths: Record<ListColumn, number> = {
  lastName: 232,
  status: 116,
  respondBy: 146,
  resume: 148,
  timeZone: 176,
  assignee: 130,
  createdAt: 142,
  source: 84,
  updatedAt: 134,
  reference: 134,
};

/** Which columns give way first where there is no room for all. */
const leastNeeded: ListColumn[] = [
  "reference",
  "source",
  "updatedAt",
  "timeZone",
  "resume",
  "assignee",
  "respondBy",
];

/** CSS pixels of the column of check boxes. */
export const checkWidth = 44;

export function widthOf(layout: ListLayout, column: ListColumn): number {
  return layout.widths[column] ?? usualWidths[column];
}

/** The chosen columns that fit into so many CSS pixels beside the name; all of them while the width is not known. */
export function fitColumns(layout: ListLayout, width: number): ListLayout["columns"] {
  if (width === 0) return layout.columns;
  let columns = layout.columns;
  for (const column of leastNeeded) {
    const needed = columns.reduce((sum, each) => sum + widthOf(layout, each), checkWidth);
    if (needed + widthOf(layout, "lastName") <= width) break;
    columns = columns.filter((each) => each !== column);
  }
  return columns;
}

/** A column as wide as somebody wants it, within reason. */
export function resize(layout: ListLayout, column: ListColumn, width: number): ListLayout {
  const { min, max } = columnWidthLimits;
  return {
    ...layout,
    widths: { ...layout.widths, [column]: Math.round(Math.min(max, Math.max(min, width))) },
  };
}

/** One place further to the left or right; at an end nothing changes. */
export function moveColumn(
  layout: ListLayout,
  column: ListLayout["columns"][number],
  step: 1 | -1,
): ListLayout {
  const at = layout.columns.indexOf(column);
  const here = layout.columns[at];
  const there = layout.columns[at + step];
  if (!here || !there) return layout;
  const columns = layout.columns.map((each) => (each === here ? there : each === there ? here : each));
  return { ...layout, columns };
}
