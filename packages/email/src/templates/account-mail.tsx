import type { AccountMailWords } from "./account-words";
import { ActionButton, MailLayout, Paragraph, SmallText, Title } from "./layout";

/** A mail about an account. Its only link is the button. */
export function AccountMail({ words }: { words: AccountMailWords }) {
  return (
    <MailLayout
      sender="Intake"
      subject={words.subject}
      preview={words.paragraphs[0] ?? words.title}
      foot={<SmallText>{words.foot}</SmallText>}
    >
      <Title>{words.title}</Title>
      <div style={{ height: "14px" }} />
      {words.paragraphs.map((paragraph) => (
        <Paragraph key={paragraph}>{paragraph}</Paragraph>
      ))}
      <p style={{ margin: "22px 0 20px" }}>
        <ActionButton href={words.action.href}>{words.action.label}</ActionButton>
      </p>
      {words.after.map((sentence) => (
        <SmallText key={sentence} space={8}>
          {sentence}
        </SmallText>
      ))}
    </MailLayout>
  );
}

/** The same words for readers without HTML. */
export function accountMailText({ title, paragraphs, action, after, foot }: AccountMailWords): string {
  return [title, ...paragraphs, `${action.label}: ${action.href}`, ...after, "--", foot, ""].join("\n\n");
}
