import type { ExportLeads } from "@intake/core/exports/schema";
import { type ResumeFile, takeFile } from "./resume";
import type { Session } from "./session";

/**
 * Fetches leads as a file, complete. Throws `CallFailed` with the server's reason when it is refused, and what `fetch` throws when it breaks
 * off on the way.
 */
export function exportLeads(
  session: Pick<Session, "accessToken" | "reject">,
  input: ExportLeads,
  signal?: AbortSignal,
): Promise<ResumeFile> {
  return takeFile(session, "leads", (headers) =>
    fetch("/api/leads/export", {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(input),
      ...(signal ? { signal } : {}),
    }),
  );
}
