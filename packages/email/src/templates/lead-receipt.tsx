import type { LeadReceiptFacts } from "@intake/core/ports/mail-renderer";
import { singleLine } from "../inert-text";
import {
  ActionButton,
  Fact,
  Intro,
  MailLayout,
  MailLink,
  Paragraph,
  SmallText,
  Subtitle,
  Title,
} from "./layout";
import { styles } from "./theme";
import { mailtoUrl, textRows, wordFacts } from "./wording";

const next = "A person at our office reads what you sent and writes to you.";
const correct =
  "You do not need to do anything now. If something is wrong, answer this mail: it reaches our office.";
const never = "We never ask for money, passwords or bank details by email.";
const why = "You get this mail because this address was typed into our form. Was it not you?";
const noClient = "Writing to us does not make you a client yet.";

/** The subject holds nothing the prospect typed: the form mails any address it is given (security, attack 12). */
export function leadReceiptSubject(facts: LeadReceiptFacts): string {
  return `We have it: ${singleLine(facts.reference, 40)}`;
}

/** The prospect's receipt: what arrived, what happens next, how to correct it. */
export function LeadReceipt({ facts }: { facts: LeadReceiptFacts }) {
  const words = wordFacts(facts);
  const erase = `${mailtoUrl(facts.replyAddress)}?subject=${encodeURIComponent(`Please erase ${words.reference}`)}`;
  return (
    <MailLayout
      sender={words.officeName}
      subject={leadReceiptSubject(facts)}
      preview={`Your details and your resume arrived. Reference ${words.reference}.`}
      foot={
        <>
          <SmallText space={8}>
            {`${why} `}
            <MailLink href={erase}>Tell us and we erase it</MailLink>.
          </SmallText>
          <SmallText>{`${words.officeName} · ${noClient}`}</SmallText>
        </>
      }
    >
      <Title>{`We have it, ${words.firstName}.`}</Title>
      <Intro>{`Your details and your resume arrived safely on ${words.day} at ${words.time}.`}</Intro>
      <Fact label="Reference" rule="double">
        <strong style={{ fontSize: "18px", letterSpacing: "0.3px" }}>{words.reference}</strong>
      </Fact>
      <Fact label="Name">{words.fullName}</Fact>
      <Fact label="Email">{words.email}</Fact>
      <Fact label="Resume">
        {words.fileName}
        <br />
        <span
          className="muted"
          style={styles.small}
        >{`${words.file}, fingerprint ${words.fingerprint}`}</span>
      </Fact>
      <p style={{ margin: "24px 0 26px" }}>
        <ActionButton href={facts.receiptUrl}>See your receipt</ActionButton>
      </p>
      <Subtitle>What happens next</Subtitle>
      <div style={{ height: "6px", lineHeight: "6px", fontSize: "1px" }} />
      <Paragraph>
        {`${next} The mail will come from `}
        <strong>{facts.replyAddress}</strong>.
      </Paragraph>
      <Paragraph>{correct}</Paragraph>
      <Paragraph isLast>{never}</Paragraph>
    </MailLayout>
  );
}

/** The same words for readers without HTML. */
export function leadReceiptText(facts: LeadReceiptFacts): string {
  const words = wordFacts(facts);
  return [
    words.officeName,
    `We have it, ${words.firstName}.`,
    `Your details and your resume arrived safely on ${words.day} at ${words.time}.`,
    textRows([
      ["Reference", words.reference],
      ["Name", words.fullName],
      ["Email", words.email],
      ["Resume", `${words.fileName} (${words.file}, fingerprint ${words.fingerprint})`],
    ]),
    `Your receipt: ${facts.receiptUrl}`,
    "WHAT HAPPENS NEXT",
    `${next} The mail will come from ${facts.replyAddress}.`,
    correct,
    never,
    "--",
    `${why} Answer this mail and we erase it.`,
    `${words.officeName} · ${noClient}`,
    "",
  ].join("\n\n");
}
