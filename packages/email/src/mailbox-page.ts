import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { MailboxEntry } from "./file-mailer";
import { MailboxView } from "./mailbox-view";

interface MailboxSelection {
  /** `?id=`; the newest mail when absent. */
  id?: string | undefined;
  /** `?part=`: `text` for the plain-text part, anything else for HTML. */
  part?: string | undefined;
}

/**
 * The dev mailbox as one HTML page: no script, one style sheet, mails in a sandboxed frame. Its policy needs
 * `style-src 'unsafe-inline'`, also for the mails, which inherit it.
 */
export function renderMailboxPage(
  entries: readonly MailboxEntry[],
  { id, part }: MailboxSelection = {},
): string {
  const selected = (id === undefined ? entries[0] : entries.find((entry) => entry.id === id)) ?? null;
  const tab = part === "text" ? "text" : "html";
  return `<!doctype html>${renderToStaticMarkup(createElement(MailboxView, { entries, selected, tab }))}`;
}
