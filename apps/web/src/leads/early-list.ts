import type { LeadPage } from "@intake/core/leads/schema";

declare global {
  interface Window {
    /** What `first.js` has asked for the list, at this part of the address. */
    intakeList?: { search: string; answer: Promise<Response> } | undefined;
  }
}

/**
 * The list that was asked for while the app was still on its way, to be taken once: null when there is none, when it is for another address,
 * or when it failed, for the app then asks itself and shows what comes of it.
 */
export async function takeEarlyList(search: string): Promise<LeadPage | null> {
  const early = window.intakeList;
  window.intakeList = undefined;
  if (early?.search !== search) return null;
  try {
    const response = await early.answer;
    return response.ok ? readPage(await response.json()) : null;
  } catch {
    return null;
  }
}

/** Our own server's answer to `leads.list`, which it has checked by the schema of this type. */
function readPage(answer: { result: { data: LeadPage } }): LeadPage {
  return answer.result.data;
}
