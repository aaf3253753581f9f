import { trpc } from "@intake/client/react";
import { useMutation } from "@tanstack/react-query";
import { showToast } from "../shell/toast-store";
import { newId } from "./use-draft";

/** Writes a note that was typed elsewhere on the page. */
export function useAddNote(leadId: string): (body: string) => void {
  const utils = trpc.useUtils();
  const { mutate } = useMutation({
    mutationFn: (body: string) => utils.client.notes.add.mutate({ leadId, noteId: newId(), body }),
    onSuccess() {
      showToast({ tone: "done", text: "Note saved." });
      return utils.leads.events.invalidate({ leadId });
    },
  });
  return mutate;
}
