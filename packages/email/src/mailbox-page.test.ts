import { describe, expect, it } from "vitest";
import type { MailboxEntry } from "./file-mailer";
import { renderMailboxPage } from "./mailbox-page";

function entry(id: string, change: Partial<MailboxEntry> = {}): MailboxEntry {
  return {
    id,
    to: "minh@gmail.example",
    from: "Calder & Rowe <intake@calderrowe.example>",
    replyTo: null,
    subject: `Mail ${id}`,
    html: "<p>HTML part</p>",
    text: "Plain part",
    sentAt: "2026-11-24T09:14:00.000Z",
    tag: "lead-receipt",
    ...change,
  };
}

describe("the mailbox page", () => {
  it("opens the newest mail unless another is asked for", () => {
    const entries = [entry("new"), entry("old")];
    expect(renderMailboxPage(entries)).toContain("<title>Mail new – Mailbox</title>");
    expect(renderMailboxPage(entries, { id: "old" })).toContain("<title>Mail old – Mailbox</title>");
  });

  it("shows the HTML part in a frame without scripts and without our origin", () => {
    const page = renderMailboxPage([entry("a")]);
    const frame = /<iframe[^>]*>/u.exec(page)?.[0] ?? "";
    expect(frame).toContain('srcDoc="&lt;p&gt;HTML part&lt;/p&gt;"');
    expect(frame).toContain("sandbox=");
    expect(frame).not.toMatch(/allow-scripts|allow-same-origin|allow-top-navigation|allow-forms/u);
    expect(page).not.toContain("Plain part");
  });

  it("shows the plain-text part on its own tab, and keeps the tab in the list's links", () => {
    const page = renderMailboxPage([entry("a"), entry("b")], { id: "b", part: "text" });
    expect(page).toContain("<pre>Plain part</pre>");
    expect(page).not.toContain("<iframe");
    expect(page).toContain('href="?id=a&amp;part=text"');
  });

  it("has no script and loads nothing, whatever a mail holds", () => {
    const evil = `</iframe></style></title><script>alert(1)</script>"'<img src=x onerror=alert(1)>`;
    const page = renderMailboxPage([
      entry("a", {
        subject: evil,
        html: evil,
        text: evil,
        to: evil,
        from: evil,
        tag: evil,
        replyTo: evil,
        id: evil,
      }),
    ]);
    const text = renderMailboxPage([entry("a", { text: evil })], { part: "text" });
    for (const html of [page, text]) {
      expect(html).not.toMatch(/<script|<img|<link|@import|url\(/iu);
      expect(html.match(/<style/gu)).toHaveLength(1);
      expect(html.match(/<\/style>/gu)).toHaveLength(1);
    }
    expect(page.match(/<\/iframe>/gu)).toHaveLength(1);
    expect(page).not.toMatch(/<[^>]* on[a-z]+="/iu);
  });

  it("tells an empty mailbox from a mail that is gone", () => {
    expect(renderMailboxPage([])).toContain("No mail yet");
    const gone = renderMailboxPage([entry("a")], { id: "zzz" });
    expect(gone).toContain("This mail is not here");
    expect(gone).not.toContain("No mail yet");
  });
});
