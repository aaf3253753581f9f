import type { Lead } from "@intake/core/leads/schema";
import { showToast } from "../shell/toast-store";

type Addressee = Pick<Lead, "email" | "reference" | "firstName" | "lastName">;

/** A mail to the prospect, begun: the reference in the subject, so that the answer can be found again, and a greeting. */
export function mailAddress({ email, reference, firstName, lastName }: Addressee): string {
  const at = email.lastIndexOf("@");
  const local = encodeURIComponent(email.slice(0, at));
  const subject = encodeURIComponent(`Your letter to us (${reference})`);
  const body = encodeURIComponent(`Dear ${firstName} ${lastName},\r\n\r\n`);
  return `mailto:${local}@${encodeURIComponent(email.slice(at + 1))}?subject=${subject}&body=${body}`;
}

/** Begins that mail in whatever program this computer writes mails with. */
export function openMail(to: Addressee): void {
  location.assign(mailAddress(to));
}

/** Puts an address or a reference on the clipboard and says so. */
export async function copyText(text: string, name: "Address" | "Reference"): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ tone: "done", text: `${name} copied.` });
  } catch {
    // Refused by the browser, or the page is not on https.
    showToast({ tone: "bad", text: `This browser does not let us copy. Select it here: ${text}` });
  }
}
