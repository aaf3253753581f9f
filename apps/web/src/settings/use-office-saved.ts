import { trpc } from "@intake/client/react";
import type { Office } from "@intake/core/office/schema";

/** What follows a change of the office: its page shows it, and everything that tells of promises is asked for anew. */
export function useOfficeSaved(): (office: Office) => void {
  const utils = trpc.useUtils();
  return (office) => {
    utils.office.get.setData(undefined, office);
    void utils.leads.invalidate();
    void utils.reports.invalidate();
  };
}
