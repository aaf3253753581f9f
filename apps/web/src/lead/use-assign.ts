import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import type { Lead } from "@intake/core/leads/schema";
import { useMutation } from "@tanstack/react-query";
import { fullName } from "../leads/lead-link";
import { showToast } from "../shell/toast-store";

interface Assignment {
  lead: Lead;
  assignee: { id: string; name: string } | null;
  isUndo: boolean;
}

/** Puts somebody in charge, at once on the screen, and offers to take it back. */
export function useAssign(ownId: string) {
  const utils = trpc.useUtils();
  const mutation = useMutation({
    meta: { showsConflicts: true },
    mutationFn: ({ lead, assignee }: Assignment) =>
      utils.client.leads.assign.mutate({
        leadId: lead.id,
        assigneeId: assignee?.id ?? null,
        formerId: lead.assignee?.id ?? null,
      }),
    async onMutate({ lead, assignee }) {
      await utils.leads.byId.cancel({ leadId: lead.id });
      utils.leads.byId.setData({ leadId: lead.id }, { ...lead, assignee });
    },
    onSuccess(saved, { lead, isUndo }) {
      utils.leads.byId.setData({ leadId: lead.id }, saved);
      const undo = () => mutation.mutate({ lead: saved, assignee: lead.assignee, isUndo: true });
      showToast({
        tone: "done",
        text: `${isUndo ? "Undone: " : ""}${fullName(saved)} is ${describe(saved, ownId)}.`,
        ...(isUndo ? {} : { action: { label: "Undo", key: "U", run: undo } }),
      });
    },
    onError(error, { lead }) {
      const failure = readFailure(error);
      utils.leads.byId.setData({ leadId: lead.id }, failure.currentLead ?? lead);
      if (failure.currentLead)
        showToast({ tone: "bad", text: `${failure.message} It stays so: choose again if it should not.` });
    },
    onSettled: (_saved, _error, { lead }) =>
      Promise.all([
        utils.leads.events.invalidate({ leadId: lead.id }),
        utils.leads.list.invalidate(),
        utils.views.list.invalidate(),
      ]),
  });
  return (lead: Lead, assignee: Assignment["assignee"]) => {
    if ((lead.assignee?.id ?? null) !== (assignee?.id ?? null))
      mutation.mutate({ lead, assignee, isUndo: false });
  };
}

function describe({ assignee }: Lead, ownId: string): string {
  if (!assignee) return "with nobody";
  return assignee.id === ownId ? "yours" : `with ${assignee.name}`;
}
