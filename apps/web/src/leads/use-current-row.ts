import type { Lead } from "@intake/core/leads/schema";
import { useEffect, useRef, useState } from "react";
import { readTrail } from "./lead-trail";
import type { LeadsAddress } from "./leads-address";

interface CurrentRowOptions {
  leads: Lead[];
  address: LeadsAddress;
  /** Brings a row that is not drawn, by its place in `leads`, to the screen. */
  reveal: (index: number) => void;
  /** Called when somebody goes beyond the last row. */
  onBeyondEnd: () => void;
}

/** The row that the keys act on: it follows the focus, and comes back with Back (detail 4.35). */
export function useCurrentRow({ leads, address, reveal, onBeyondEnd }: CurrentRowOptions) {
  const here = JSON.stringify(address);
  const [currentId, setCurrentId] = useState<string | null>(() => {
    const trail = readTrail();
    return trail && JSON.stringify(trail.address) === here ? trail.currentId : null;
  });
  const restored = useRef(currentId);
  // What the keys mean by now: a second press, or a frame still on its way to an earlier row, may come before the next drawing.
  const latest = useRef(currentId);
  const isLatest = (id: string) => latest.current === id;
  const moveTo = (id: string) => {
    latest.current = id;
    setCurrentId(id);
  };

  useEffect(() => {
    if (restored.current === null || leads.length === 0) return;
    focusSoon(restored.current, { preventScroll: true, isWanted: isLatest });
    restored.current = null;
  }, [leads]);

  useEffect(() => {
    const follow = (event: FocusEvent) => {
      const id = event.target instanceof HTMLElement ? event.target.dataset.lead : undefined;
      if (id) moveTo(id);
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);

  function move(step: 1 | -1): void {
    const at = leads.findIndex((lead) => lead.id === latest.current);
    const index = at === -1 ? 0 : at + step;
    const next = leads[index];
    if (!next) {
      if (step === 1) onBeyondEnd();
      return;
    }
    moveTo(next.id);
    if (findLink(next.id) === null) reveal(index);
    focusSoon(next.id, { preventScroll: false, isWanted: isLatest });
  }

  return {
    currentId,
    moveDown: () => move(1),
    moveUp: () => move(-1),
    open: currentId === null ? undefined : () => findLink(currentId)?.click(),
  };
}

interface FocusOptions {
  preventScroll: boolean;
  /** Whether the row is still the one to go to. */
  isWanted: (leadId: string) => boolean;
}

/** A row that was scrolled to is drawn with the next frame. */
function focusSoon(leadId: string, { preventScroll, isWanted }: FocusOptions): void {
  const focus = () => {
    if (!isWanted(leadId)) return true;
    const link = findLink(leadId);
    link?.focus({ preventScroll: true });
    if (!preventScroll) link?.closest("tr, li")?.scrollIntoView({ block: "nearest" });
    return link !== null;
  };
  if (!focus()) requestAnimationFrame(() => focus() || requestAnimationFrame(focus));
}

function findLink(leadId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-lead="${CSS.escape(leadId)}"]`);
}
