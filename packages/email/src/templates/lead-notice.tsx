import type { LeadNoticeFacts, MailAssignee } from "@intake/core/ports/mail-renderer";
import { inertText, isOrdinaryAddress } from "../inert-text";
import { ActionButton, Fact, Intro, MailLayout, MailLink, SmallText, Title } from "./layout";
import { styles } from "./theme";
import { mailtoUrl, textRows, wordFacts } from "./wording";

const why = "You get this mail because new leads are announced to this address.";
const notAttached = "The resume is not attached: open it from the lead.";

/** The prospect's name stands between our words and our reference, on one line and bounded (detail 4.27). */
export function leadNoticeSubject(facts: LeadNoticeFacts): string {
  const words = wordFacts(facts);
  return `New lead: ${words.subjectName} (${words.reference})`;
}

/** The team's notice. Its only links are the lead and a mailto to the address that Reply-To names as well. */
export function LeadNotice({ facts }: { facts: LeadNoticeFacts }) {
  const words = wordFacts(facts);
  return (
    <MailLayout
      sender="Intake"
      subject={leadNoticeSubject(facts)}
      preview={`Pending. Received ${words.day}, ${words.time}.`}
      foot={<SmallText>{`${why} ${notAttached}`}</SmallText>}
    >
      <p style={{ margin: "0 0 8px" }}>
        <span className="tag" style={styles.tag}>
          ○ Pending
        </span>
      </p>
      <Title>{words.fullName}</Title>
      <Intro>{`A new lead for ${words.officeName}.`}</Intro>
      <Fact label="Email">
        {isOrdinaryAddress(facts.email) ? (
          <MailLink href={mailtoUrl(facts.email)}>{words.email}</MailLink>
        ) : (
          words.email
        )}
      </Fact>
      <Fact label="Resume">
        {words.fileName}
        <br />
        <span className="muted" style={styles.small}>
          {words.file}
        </span>
      </Fact>
      {facts.assignee && <Fact label="In charge">{describeAssignee(facts.assignee)}</Fact>}
      {facts.earlierLeads > 0 && <Fact label="Wrote before">{describeEarlier(facts.earlierLeads)}</Fact>}
      <Fact label="Received">{`${words.day}, ${words.time}`}</Fact>
      <Fact label="Reference">{words.reference}</Fact>
      <p style={{ margin: "26px 0 16px" }}>
        <ActionButton href={facts.leadUrl}>Open the lead</ActionButton>
      </p>
      <SmallText>{describeReply(words.firstName)}</SmallText>
    </MailLayout>
  );
}

/** The same words for readers without HTML. */
export function leadNoticeText(facts: LeadNoticeFacts): string {
  const words = wordFacts(facts);
  const rows: [string, string][] = [
    ["Status", "Pending"],
    ["Email", words.email],
    ["Resume", `${words.fileName} (${words.file})`],
  ];
  if (facts.assignee) rows.push(["In charge", describeAssignee(facts.assignee)]);
  if (facts.earlierLeads > 0) rows.push(["Wrote before", describeEarlier(facts.earlierLeads)]);
  rows.push(["Received", `${words.day}, ${words.time}`], ["Reference", words.reference]);
  return [
    words.fullName,
    `A new lead for ${words.officeName}.`,
    textRows(rows),
    `Open the lead: ${facts.leadUrl}`,
    describeReply(words.firstName),
    "--",
    `${why} ${notAttached}`,
    "",
  ].join("\n\n");
}

function describeReply(firstName: string): string {
  return `Or answer this mail to write to ${firstName} directly. Then mark the lead reached out.`;
}

function describeAssignee({ name, isReader }: MailAssignee): string {
  return isReader ? "You" : inertText(name, 60);
}

function describeEarlier(count: number): string {
  const times = count === 1 ? "Once" : count === 2 ? "Twice" : `${count} times`;
  return `${times}, from the same email address.`;
}
