import { trpc } from "@intake/client/react";
import type { ResumeSummary } from "@intake/core/resumes/schema";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";

/** How often we look whether a check is done, in milliseconds. */
const checkEvery = 3_000;

interface Wanted {
  leadId: string;
  resume: Pick<ResumeSummary, "id" | "scanState">;
  isAllowed: boolean;
}

/**
 * Opens one file of a lead for reading. Opening is noted in the history, so it is asked for once and kept; a file that is
 * being checked is asked for again until the check is done, and one whose state changes is another one.
 */
export function useResumeView({ leadId, resume, isAllowed }: Wanted) {
  const utils = trpc.useUtils();
  const view = useQuery({
    queryKey: ["resumes.openView", leadId, resume.id, resume.scanState],
    queryFn: ({ signal }) =>
      utils.client.resumes.openView.mutate({ leadId, resumeId: resume.id }, { signal }),
    enabled: isAllowed,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) => (isChecking(state.data) ? checkEvery : false),
  });
  const wasChecking = useRef(false);
  const isBeingChecked = isChecking(view.data);
  useEffect(() => {
    // The verdict is said beside the name, in the list and in the history as well.
    if (wasChecking.current && !isBeingChecked) {
      void utils.resumes.versions.invalidate({ leadId });
      void utils.leads.byId.invalidate({ leadId });
    }
    if (view.data) void utils.leads.events.invalidate({ leadId });
    wasChecking.current = isBeingChecked;
  }, [utils, leadId, view.data, isBeingChecked]);
  return view;
}

function isChecking(data: { view: { kind: string; reason?: string } } | undefined): boolean {
  return data?.view.reason === "checking";
}
