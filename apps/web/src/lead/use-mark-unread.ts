import { trpc } from "@intake/client/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { renewLoaded } from "../leads/loaded-lists";
import { showToast } from "../shell/toast-store";

/** Makes a lead new again for this person alone, for instance to come back to it. */
export function useMarkUnread(): (leadId: string) => void {
  const utils = trpc.useUtils();
  const queryClient = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (leadId: string) => utils.client.marks.set.mutate({ leadIds: [leadId], isRead: false }),
    onSuccess(_done, leadId) {
      renewLoaded(queryClient, leadId, { isUnread: true });
      showToast({ tone: "done", text: "Marked unread, for you alone." });
      return utils.views.list.invalidate();
    },
  });
  return mutate;
}
