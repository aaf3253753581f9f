import type { Lead } from "@intake/core/leads/schema";
import { useEffect, useRef, useState } from "react";
import { readTrail } from "./lead-trail";
import type { LeadsAddress } from "./leads-address";

/** The row that the keys act on: it follows the focus, and comes back with Back (detail 4.35). */
export function useCurrentRow(leads: Lead[], address: LeadsAddress) {
  const here = JSON.stringify(address);
  const [currentId, setCurrentId] = useState<string | null>(() => {
    const trail = readTrail();
    return trail && JSON.stringify(trail.address) === here ? trail.currentId : null;
  });
  const restored = useRef(currentId);

  useEffect(() => {
    if (restored.current === null || leads.length === 0) return;
    findLink(restored.current)?.focus({ preventScroll: true });
    restored.current = null;
  }, [leads]);

  useEffect(() => {
    const follow = (event: FocusEvent) => {
      const id = event.target instanceof HTMLElement ? event.target.dataset.lead : undefined;
      if (id) setCurrentId(id);
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);

  function move(step: 1 | -1): void {
    const at = leads.findIndex((lead) => lead.id === currentId);
    const next = leads[at === -1 ? 0 : at + step];
    if (!next) return;
    setCurrentId(next.id);
    const link = findLink(next.id);
    link?.focus({ preventScroll: true });
    link?.closest("tr, li")?.scrollIntoView({ block: "nearest" });
  }

  return {
    currentId,
    moveDown: () => move(1),
    moveUp: () => move(-1),
    open: currentId === null ? undefined : () => findLink(currentId)?.click(),
  };
}

function findLink(leadId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-lead="${CSS.escape(leadId)}"]`);
}
