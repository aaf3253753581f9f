import type { LeadItem } from "@intake/core/leads/schema";
import { useQueryClient } from "@tanstack/react-query";
import { loadedLeads } from "../leads/loaded-lists";

/** Looks a lead up in the lists that were shown before: its row knows everything the head of its page needs. */
export function useListedLead(): (leadId: string) => LeadItem | undefined {
  const queryClient = useQueryClient();
  return (leadId) => loadedLeads(queryClient).find(({ id }) => id === leadId);
}
