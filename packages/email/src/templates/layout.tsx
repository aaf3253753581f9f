import type { ReactNode } from "react";
import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  Row,
  Section,
  Text,
} from "react-email";
import { headStyles, styles } from "./theme";

interface MailLayoutProps {
  /** The name over the card: the firm's for prospects, the product's for staff. */
  sender: string;
  subject: string;
  /** The line a mail list shows after the subject. */
  preview: string;
  foot: ReactNode;
  children: ReactNode;
}

/** The frame both mails share: name, card, foot. No image and nothing remote, so opening a mail tells nobody. */
export function MailLayout({ sender, subject, preview, foot, children }: MailLayoutProps) {
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* Apple Mail would otherwise make links of dates, numbers and addresses in other people's words. */}
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no" />
        <title>{subject}</title>
        <style>{headStyles}</style>
      </Head>
      <Body className="page" style={styles.page}>
        <Preview useTitleTag={false}>{preview}</Preview>
        <main>
          <Container style={styles.frame}>
            <Section tdClassName="pad" style={styles.head}>
              <span className="office" style={styles.office}>
                {sender}
              </span>
            </Section>
            <Section className="card" tdClassName="pad" style={{ ...styles.card, ...styles.cardInside }}>
              {children}
            </Section>
            <Section tdClassName="pad" style={styles.foot}>
              {foot}
            </Section>
          </Container>
        </main>
      </Body>
    </Html>
  );
}

export function Title({ children }: { children: string }) {
  return (
    <Heading as="h1" className="text" style={styles.title}>
      {children}
    </Heading>
  );
}

export function Subtitle({ children }: { children: string }) {
  return (
    <Heading as="h2" className="text" style={styles.subtitle}>
      {children}
    </Heading>
  );
}

export function Paragraph({ children, isLast = false }: { children: ReactNode; isLast?: boolean }) {
  return (
    <Text className="text" style={isLast ? { ...styles.text, margin: 0 } : styles.text}>
      {children}
    </Text>
  );
}

export function Intro({ children }: { children: ReactNode }) {
  return (
    <Text className="muted" style={styles.muted}>
      {children}
    </Text>
  );
}

export function SmallText({ children, space = 0 }: { children: ReactNode; space?: number }) {
  return (
    <Text className="muted" style={{ ...styles.small, margin: `0 0 ${space}px` }}>
      {children}
    </Text>
  );
}

export function ActionButton({ href, children }: { href: string; children: string }) {
  return (
    <Button className="button" href={href} style={styles.button}>
      {children}
    </Button>
  );
}

export function MailLink({ href, children }: { href: string; children: string }) {
  return (
    <Link className="link" href={href} style={styles.link}>
      {children}
    </Link>
  );
}

interface FactProps {
  label: string;
  children: ReactNode;
  rule?: "single" | "double";
}

/** One labelled line of the card. Values may be in any script, so each finds its own direction. */
export function Fact({ label, children, rule = "single" }: FactProps) {
  const ruleStyle = rule === "double" ? styles.doubleRule : styles.rule;
  const ruleClass = rule === "double" ? "double-rule" : "rule";
  return (
    <Row style={styles.row}>
      <Column className={`label ${ruleClass}`} style={{ ...styles.label, ...ruleStyle }}>
        {label}
      </Column>
      <Column dir="auto" className={`value ${ruleClass}`} style={{ ...styles.value, ...ruleStyle }}>
        {children}
      </Column>
    </Row>
  );
}
