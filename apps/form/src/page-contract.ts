/** What the host hands to the pages and gets back. Free of DOM types, so that the server can read it. */
import type { FieldError } from "@intake/core/errors";
import type { LeadFields } from "@intake/core/leads/schema";
import type { ResumeLimits, ResumeSummary } from "@intake/core/resumes/schema";
import type { PageAssets } from "./assets";

interface OfficeProps {
  officeName: string;
  /** As people read it, like "020 7946 0182"; left out, the pages offer no call. */
  phone?: string;
}

export interface FormPageProps extends OfficeProps {
  resumeLimits: ResumeLimits;
  /** Travels in a hidden field, for the post without JavaScript; a browser with JavaScript makes its own. */
  idempotencyKey: string;
  /** What was typed, as it was typed. */
  values?: LeadFields;
  errors?: FieldError[];
  /** What is wrong when it is no field: the office's server is busy, too many tries …. */
  formError?: string;
}

export interface ReceiptPageProps extends OfficeProps {
  reference: string;
  firstName: string;
  lastName: string;
  email: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** IANA name of the zone the office reads its clock in. */
  timeZone: string;
  resume: Omit<ResumeSummary, "id">;
}

export interface UnavailablePageProps extends OfficeProps {
  /** `unavailable` goes with 503, `receipt-not-found` and `page-not-found` with 404. */
  kind: "unavailable" | "receipt-not-found" | "page-not-found";
  requestId?: string;
}

/** The public form, a whole HTML document; `values` and `errors` after a refused post without JavaScript. */
export declare function renderFormPage(input: FormPageProps & { assets: PageAssets }): string;

/** The thank-you page: exactly what is stored, never more. Needs no script. */
export declare function renderReceiptPage(input: ReceiptPageProps & { assets: PageAssets }): string;

/** The calm page for a link that leads nowhere or a product that is away for a moment. Needs no script. */
export declare function renderUnavailablePage(input: UnavailablePageProps & { assets: PageAssets }): string;
