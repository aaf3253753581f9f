import type { DigestWords } from "./digest-words";
import { ActionButton, Intro, MailLayout, MailLink, SmallText, Subtitle, Title } from "./layout";
import { styles } from "./theme";

/** A mail of lists. It links to the leads, their lists and the dashboard only. */
export function DigestMail({ words }: { words: DigestWords }) {
  return (
    <MailLayout
      sender="Intake"
      subject={words.subject}
      preview={words.intro}
      foot={
        <SmallText>
          {words.foot}
          {words.footLink && (
            <>
              {" "}
              <MailLink href={words.footLink.href}>{words.footLink.label}</MailLink>
            </>
          )}
        </SmallText>
      }
    >
      <Title>{words.title}</Title>
      <Intro>{words.intro}</Intro>
      {words.sections.map((section) => (
        <DigestSection key={section.heading} section={section} />
      ))}
      {words.action && (
        <p style={{ margin: "26px 0 0" }}>
          <ActionButton href={words.action.href}>{words.action.label}</ActionButton>
        </p>
      )}
    </MailLayout>
  );
}

function DigestSection({ section }: { section: DigestWords["sections"][number] }) {
  return (
    <div className="rule" style={{ ...styles.rule, padding: "16px 0 18px" }}>
      <Subtitle>{section.heading}</Subtitle>
      {section.leads.map((lead) => (
        <p key={lead.href} className="text" dir="auto" style={{ ...styles.text, margin: "8px 0 0" }}>
          <MailLink href={lead.href}>{lead.name}</MailLink>
          <br />
          <span className="muted" dir="ltr" style={styles.small}>
            {lead.facts}
          </span>
        </p>
      ))}
      {section.leads.length === 0 && section.empty && <SmallText>{section.empty}</SmallText>}
      {section.leads.length > 0 && (
        <p className="muted" style={{ ...styles.small, margin: "10px 0 0" }}>
          {section.more && `${section.more} `}
          <MailLink href={section.all.href}>{section.all.label}</MailLink>
        </p>
      )}
    </div>
  );
}

/** The same words for readers without HTML. */
export function digestMailText({ title, intro, sections, action, foot, footLink }: DigestWords): string {
  return [
    title,
    intro,
    ...sections.flatMap(sectionText),
    ...(action ? [`${action.label}: ${action.href}`] : []),
    "--",
    footLink ? `${foot} ${footLink.label}: ${footLink.href}` : foot,
    "",
  ].join("\n\n");
}

function sectionText({ heading, empty, leads, more, all }: DigestWords["sections"][number]): string[] {
  if (leads.length === 0) return [[heading, empty].filter(Boolean).join("\n")];
  const lines = leads.map((lead) => `- ${lead.name}, ${lead.facts}\n  ${lead.href}`);
  return [[heading, ...lines].join("\n"), `${more ? `${more} ` : ""}${all.label}: ${all.href}`];
}
