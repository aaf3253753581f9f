import type { Lead } from "@intake/core/leads/schema";
import { showToast } from "../shell/toast-store";

/** A mail to the prospect with the reference as subject, so that the answer can be found again. */
export function mailAddress({ email, reference }: Pick<Lead, "email" | "reference">): string {
  const at = email.lastIndexOf("@");
  const local = encodeURIComponent(email.slice(0, at));
  return `mailto:${local}@${encodeURIComponent(email.slice(at + 1))}?subject=${encodeURIComponent(reference)}`;
}

/** Puts the address on the clipboard and says so. */
export async function copyAddress(email: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(email);
    showToast({ tone: "done", text: "Address copied." });
  } catch {
    // Refused by the browser, or the page is not on https.
    showToast({ tone: "bad", text: `This browser does not let us copy. Select it here: ${email}` });
  }
}
