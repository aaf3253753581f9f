import type { ListLeads } from "@intake/core/leads/schema";

/** What is chosen of a list: leads one by one, or all that match its filters except some. */
export type LeadSelection =
  | { kind: "ids"; ids: string[] }
  | { kind: "matching"; query: ListLeads; except: string[] };
