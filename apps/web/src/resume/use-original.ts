import { trpc } from "@intake/client/react";
import { useMutation } from "@tanstack/react-query";
import type { ResumeKey } from "./use-page";

/** Milliseconds after which the server has noted a download that has begun. */
const notedAfter = 1_500;

/**
 * Asks for a link to the original and lets the browser follow it: the file comes as any download does, with its own name,
 * progress and Cancel, and never through this page. `mutate(true)` says that the person knows nobody has checked it.
 */
export function useOriginal({ leadId, resumeId }: ResumeKey) {
  const utils = trpc.useUtils();
  return useMutation({
    mutationFn: (confirmsUnchecked: boolean) =>
      utils.client.resumes.createLink.mutate({ leadId, resumeId, confirmsUnchecked }),
    onSuccess({ url }) {
      followLink(url);
      setTimeout(() => void utils.leads.events.invalidate({ leadId }), notedAfter);
    },
    // A refusal may mean that the check has just found something: show the file's newest state.
    onError: () =>
      Promise.all([utils.resumes.versions.invalidate({ leadId }), utils.leads.byId.invalidate({ leadId })]),
  });
}

function followLink(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.click();
}
