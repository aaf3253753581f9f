import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { undoSeconds } from "@intake/core/leads/policy";
import type { Lead, LeadStatus, UpdateLeadStatus } from "@intake/core/leads/schema";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { fullName } from "../leads/lead-link";
import { statusWords } from "../parts/status-badge";
import { showToast } from "../shell/toast-store";

export type StatusWish = Pick<UpdateLeadStatus, "status" | "channel" | "note">;

/** Somebody was faster: what was wanted here, and how the lead stands now. */
export interface Conflict {
  wish: StatusWish;
  current: Lead;
}

interface Change {
  lead: Lead;
  wish: StatusWish;
  isUndo: boolean;
}

/** Sets a status at once on the screen, takes it back when the server refuses, offers Undo when it does not (detail 4.47–4.50). */
export function useStatusChange() {
  const utils = trpc.useUtils();
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isHere = useIsMounted();
  // Changes run one after the other: whoever presses U before R is saved means the lead as R leaves it.
  const line = useRef<{ waiting: number; saved: Lead | null; savedAt: number }>({
    ...{ waiting: 0, saved: null, savedAt: 0 },
  });

  const mutation = useMutation({
    meta: { showsConflicts: true },
    scope: { id: "lead status" },
    async mutationFn({ lead, wish }: Change) {
      const send = (version: number) =>
        utils.client.leads.updateStatus.mutate({ ...wish, leadId: lead.id, version });
      return send(seenVersion(lead)).catch((error: unknown) => {
        const current = readFailure(error).currentLead;
        // Somebody assigned it meanwhile: the status this wish is about is still the one that was seen.
        if (current?.status !== lead.status) throw error;
        return send(current.version);
      });
    },
    async onMutate({ lead, wish }) {
      line.current.waiting += 1;
      setConflict(null);
      await utils.leads.byId.cancel({ leadId: lead.id });
      utils.leads.byId.setData({ leadId: lead.id }, { ...lead, status: wish.status });
    },
    onSuccess(saved, { lead, isUndo }) {
      line.current.saved = saved;
      line.current.savedAt = Date.now();
      // A later wish is on the screen already and decides what is said.
      if (line.current.waiting > 1) return;
      keep(saved);
      const undo = () => mutation.mutate({ lead: saved, wish: { status: lead.status }, isUndo: true });
      showToast({
        tone: "done",
        text: `${isUndo ? "Undone" : statusWords[saved.status]}: ${fullName(saved)}${isUndo ? ` is ${statusWords[saved.status].toLowerCase()} again` : ""}.`,
        ...(isUndo ? {} : { action: { label: "Undo", key: "U", run: undo } }),
      });
    },
    onError(error, { lead, wish }) {
      const current = readFailure(error).currentLead;
      keep(current ?? lead);
      if (!current) return;
      if (isHere()) setConflict({ wish, current });
      else
        showToast({
          tone: "bad",
          text: `${fullName(current)} was changed by someone else meanwhile and stays as it is.`,
        });
    },
    onSettled(_saved, _error, { lead }) {
      line.current.waiting -= 1;
      return Promise.all([
        utils.leads.events.invalidate({ leadId: lead.id }),
        utils.leads.list.invalidate(),
        utils.leads.totals.invalidate(),
        utils.views.list.invalidate(),
      ]);
    },
  });

  /** What the person has seen: the lead on the screen, or what their own last change made of it. */
  function seenVersion(lead: Lead): number {
    const { saved } = line.current;
    return saved?.id === lead.id ? Math.max(saved.version, lead.version) : lead.version;
  }

  function keep(lead: Lead): void {
    utils.leads.byId.setData({ leadId: lead.id }, lead);
  }

  return {
    /** Whether setting it back now is taking back one's own fresh change: that needs no reason. */
    isFresh: () => line.current.waiting > 0 || Date.now() - line.current.savedAt < undoSeconds * 1000,
    change: (lead: Lead, wish: StatusWish) => mutation.mutate({ lead, wish, isUndo: false }),
    conflict,
    closeConflict: () => setConflict(null),
  };
}

function useIsMounted(): () => boolean {
  const mounted = useRef(false);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);
  return () => mounted.current;
}

/** The other status; there are two. */
export function oppositeOf(status: LeadStatus): LeadStatus {
  return status === "PENDING" ? "REACHED_OUT" : "PENDING";
}
