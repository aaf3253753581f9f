import type { Context } from "../context";
import type { DigestLead } from "../ports/mail-renderer";

/** So many leads of a section are named, the others counted. */
export const mostNamed = 10;

export interface DigestLeadRow {
  id: string;
  firstName: string;
  lastName: string;
  reference: string;
  createdAt: Date;
  respondBy: Date | null;
}

type UrlContext = Pick<Context, "settings">;

export function toDigestLead(
  { settings }: UrlContext,
  { id, createdAt, ...lead }: DigestLeadRow,
): DigestLead {
  const { firstName, lastName, reference, respondBy } = lead;
  const leadUrl = `${settings.publicUrl}/app/leads/${id}`;
  return { firstName, lastName, reference, receivedAt: createdAt, respondBy, leadUrl };
}

/** The list behind each section; the new ones since a moment. */
export function digestUrls({ settings }: UrlContext, since: Date) {
  const list = (address: Record<string, string>) =>
    `${settings.publicUrl}/app/leads?${new URLSearchParams(address)}`;
  return {
    new: list({ createdFrom: since.toISOString() }),
    yours: list({ status: "PENDING", assignee: "me" }),
    waiting: list({ status: "PENDING", sort: "respondBy", order: "asc" }),
    late: list({ late: "true", sort: "respondBy", order: "asc" }),
  };
}
