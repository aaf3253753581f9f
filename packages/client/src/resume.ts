import { readProblem } from "./failure";
import type { Session } from "./session";

/** A downloaded file under the name the server gave it: for a resume that of its sender. */
export interface ResumeFile {
  blob: Blob;
  fileName: string;
}

/** Fetches the original file of a lead. Throws `CallFailed` with the server's reason when it is refused. */
export async function fetchResume(
  session: Pick<Session, "accessToken" | "reject">,
  leadId: string,
  baseUrl = "",
): Promise<ResumeFile> {
  const address = `${baseUrl}/api/leads/${encodeURIComponent(leadId)}/resume`;
  return fetchFile(session, address, `resume-${leadId}`);
}

/** Fetches any file as the person signed in. Throws `CallFailed` with the server's reason when it is refused. */
export async function fetchFile(
  session: Pick<Session, "accessToken" | "reject">,
  address: string,
  usualName: string,
): Promise<ResumeFile> {
  return takeFile(session, usualName, (headers) => fetch(address, { headers }));
}

/** The file that `ask` is answered with; it is asked again with a new token when the first is no longer good. */
export async function takeFile(
  session: Pick<Session, "accessToken" | "reject">,
  usualName: string,
  ask: (headers: Record<string, string>) => Promise<Response>,
): Promise<ResumeFile> {
  const askAs = (token: string | null) => ask(token ? { authorization: `Bearer ${token}` } : {});
  let token = await session.accessToken();
  let response = await askAs(token);
  if (response.status === 401 && session.reject(token)) {
    token = await session.accessToken();
    response = await askAs(token);
  }
  if (!response.ok) throw await readProblem(response);
  const fileName = readFileName(response.headers.get("content-disposition"));
  return { blob: await response.blob(), fileName: fileName ?? usualName };
}

/** The name in a Content-Disposition header; `filename*` (RFC 8187) wins over `filename`. */
export function readFileName(header: string | null): string | null {
  if (!header) return null;
  const extended = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(header)?.[1];
  if (extended) {
    try {
      return decodeURIComponent(extended);
    } catch {
      // Badly encoded: the plain name below is the next best.
    }
  }
  const plain = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(header);
  const name = plain?.[1]?.replace(/\\(.)/g, "$1") ?? plain?.[2];
  return name ? name : null;
}
