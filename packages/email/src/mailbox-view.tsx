import type { MailboxEntry } from "./file-mailer";
import { mailboxStyles } from "./mailbox-styles";

type MailboxTab = "html" | "text";

const shortMoment = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});
const longMoment = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  dateStyle: "full",
  timeStyle: "medium",
});

interface MailboxViewProps {
  entries: readonly MailboxEntry[];
  selected: MailboxEntry | null;
  tab: MailboxTab;
}

export function MailboxView({ entries, selected, tab }: MailboxViewProps) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{selected ? `${selected.subject} – Mailbox` : "Mailbox"}</title>
        <style>{mailboxStyles}</style>
      </head>
      <body className={entries.length === 0 ? "is-empty" : undefined}>
        <header>
          <h1>Mailbox</h1>
          <p>{describeCount(entries.length)} Nothing here has left this computer.</p>
          <p className="end">
            <a href="?">Reload</a>
          </p>
        </header>
        {entries.length > 0 && <MailList entries={entries} selected={selected} tab={tab} />}
        <main>
          {selected ? <OpenMail mail={selected} tab={tab} /> : <NoMail isEmpty={entries.length === 0} />}
        </main>
      </body>
    </html>
  );
}

function MailList({ entries, selected, tab }: MailboxViewProps) {
  return (
    <nav className="list" aria-label="Mails">
      <ol>
        {entries.map((entry) => (
          <li key={entry.id}>
            <a href={hrefOf(entry.id, tab)} aria-current={entry.id === selected?.id ? "page" : undefined}>
              <span className="line">
                <span>{entry.to}</span>
                <Moment at={entry.sentAt} />
              </span>
              <span className="subject" dir="auto">
                {entry.subject}
              </span>
              <span className="line">
                <span>{entry.tag}</span>
              </span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function OpenMail({ mail, tab }: { mail: MailboxEntry; tab: MailboxTab }) {
  const headers = [
    ["From", mail.from],
    ["To", mail.to],
    ["Reply to", mail.replyTo ?? "the sender"],
    ["Tag", mail.tag],
  ];
  return (
    <>
      <div className="top">
        <h2 dir="auto">{mail.subject}</h2>
        <dl>
          {headers.map(([label, value]) => (
            <div key={label} style={{ display: "contents" }}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          <dt>Sent</dt>
          <dd>
            <Moment at={mail.sentAt} isLong />
          </dd>
        </dl>
        <nav className="tabs" aria-label="Parts">
          <a href={hrefOf(mail.id, "html")} aria-current={tab === "html" ? "page" : undefined}>
            HTML
          </a>
          <a href={hrefOf(mail.id, "text")} aria-current={tab === "text" ? "page" : undefined}>
            Plain text
          </a>
        </nav>
      </div>
      {tab === "html" ? (
        // No scripts, no origin of ours; links open as ordinary pages in a new tab.
        <iframe
          title={`Mail: ${mail.subject}`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.html}
        />
      ) : (
        <pre>{mail.text}</pre>
      )}
    </>
  );
}

function NoMail({ isEmpty }: { isEmpty: boolean }) {
  return (
    <div className="empty">
      <h2>{isEmpty ? "No mail yet" : "This mail is not here"}</h2>
      <p>
        {isEmpty
          ? "Send the form: the receipt and the notice for the team appear here. Then reload this page."
          : "It may have been deleted from the mailbox folder. Choose another one from the list."}
      </p>
    </div>
  );
}

function Moment({ at, isLong = false }: { at: string; isLong?: boolean }) {
  const format = isLong ? longMoment : shortMoment;
  return <time dateTime={at}>{`${format.format(new Date(at))} UTC`}</time>;
}

function describeCount(count: number): string {
  return count === 0 ? "Empty." : count === 1 ? "1 mail." : `${count} mails.`;
}

function hrefOf(id: string, tab: MailboxTab): string {
  return `?id=${encodeURIComponent(id)}${tab === "text" ? "&part=text" : ""}`;
}
