import { readFailure } from "@intake/client/failure";
import { trpc, useSession } from "@intake/client/react";
import { fetchFile, type ResumeFile } from "@intake/client/resume";
import { useMutation } from "@tanstack/react-query";
import { saveFile } from "../parts/save-file";
import { seekRemedy } from "../second-factor/remedy";
import type { AuditAddress } from "./audit-address";

/** Fetches the signed export of what the filters show. The person is asked who they are if that was longer ago. */
export function useAuditExport() {
  const session = useSession();
  const utils = trpc.useUtils();
  return useMutation({
    mutationFn: async ({ cursor: _, ...filter }: AuditAddress): Promise<ResumeFile | null> => {
      const address = `/api/audit/export?${new URLSearchParams(filter)}`;
      const fetchIt = () => fetchFile(session, address, "audit.csv");
      try {
        return await fetchIt();
      } catch (error) {
        if (readFailure(error).remedy !== "step-up") throw error;
        return (await seekRemedy("step-up")) ? fetchIt() : null;
      }
    },
    onSuccess: (file) => file && saveFile(file),
    onSettled: () => utils.audit.list.invalidate(),
  });
}
