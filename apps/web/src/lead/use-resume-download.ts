import { trpc, useSession } from "@intake/client/react";
import { fetchResume, type ResumeFile } from "@intake/client/resume";
import { useMutation } from "@tanstack/react-query";

/** Fetches a lead's resume and hands it to the browser under its own name. */
export function useResumeDownload(leadId: string) {
  const session = useSession();
  const utils = trpc.useUtils();
  return useMutation({
    mutationFn: () => fetchResume(session, leadId),
    onSuccess: save,
    // A refusal may mean that the check has just found something: show the file's newest state.
    onSettled: () =>
      Promise.all([utils.leads.events.invalidate({ leadId }), utils.leads.byId.invalidate({ leadId })]),
  });
}

/** Hands a fetched file to the browser. */
export function save({ blob, fileName }: ResumeFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken the address by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
