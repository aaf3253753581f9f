import { useShortcuts } from "../shell/shortcuts";
import type { Selecting } from "./use-selection";

interface Rows {
  currentId: string | null;
  hasRows: boolean;
}

/** Keys choose the current row or the rows up to it, all that are loaded, or none. */
export function useSelectionKeys(selecting: Selecting, { currentId, hasRows }: Rows): void {
  useShortcuts({
    "list.select": currentId === null ? undefined : () => selecting.toggle(currentId),
    "list.select-range": currentId === null ? undefined : () => selecting.toggle(currentId, true),
    "list.select-loaded": hasRows ? selecting.toggleLoaded : undefined,
    "list.select-none": selecting.selection ? selecting.clear : undefined,
  });
}
