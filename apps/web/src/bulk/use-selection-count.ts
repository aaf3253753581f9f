import { trpc } from "@intake/client/react";
import { useEffect, useState } from "react";
import type { LeadSelection } from "../leads/selection";

/** What was chosen when the dialog opened, and how many leads that is now: the list may change behind it, the dialog does not. */
export function useSelectionCount(selection: LeadSelection) {
  const [chosen] = useState(selection);
  const count = trpc.bulk.count.useMutation({ meta: { showsItsErrors: true } });
  const { mutate } = count;
  useEffect(() => mutate(chosen), [mutate, chosen]);
  return { chosen, counted: count.data, error: count.error, countAgain: () => mutate(chosen) };
}
