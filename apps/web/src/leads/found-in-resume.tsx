import { trpc } from "@intake/client/react";
import { ExcerptLine } from "./excerpt-line";

/** On the page of a lead that a search led to: where its resume says so. */
export function FoundInResume({ leadId, q }: { leadId: string; q: string }) {
  const { data: excerpt } = trpc.leads.excerpt.useQuery({ leadId, q });
  return excerpt ? <ExcerptLine excerpt={excerpt} /> : null;
}
