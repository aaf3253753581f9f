import { exportLeads } from "@intake/client/export-leads";
import { readFailure } from "@intake/client/failure";
import { useSession } from "@intake/client/react";
import type { ExportFormat } from "@intake/core/exports/schema";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LeadSelection } from "../leads/selection";
import { saveFile } from "../parts/save-file";
import { seekRemedy } from "../second-factor/remedy";

/** Fetches leads as a file and hands it to the browser, whole or not at all; leaving the screen ends it. */
export function useLeadExport(onSaved: () => void) {
  const session = useSession();
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);
  return useMutation({
    meta: { showsItsErrors: true },
    mutationFn: async (wish: { selection: LeadSelection; format: ExportFormat }) => {
      const fetchIt = () => exportLeads(session, wish, stop.current.signal);
      try {
        return await fetchIt();
      } catch (error) {
        if (readFailure(error).remedy !== "step-up") throw error;
        return (await seekRemedy("step-up")) ? fetchIt() : null;
      }
    },
    onSuccess(file) {
      if (!file) return;
      saveFile(file);
      onSaved();
    },
  });
}
