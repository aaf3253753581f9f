import { formatBytes } from "@intake/core/resumes/schema";
import type { ReactNode } from "react";
import { TickIcon } from "./icons";
import { NextStep, NextSteps } from "./next-steps";
import type { ReceiptPageProps } from "./page-contract";
import { PageFrame } from "./page-frame";
import { describeLock, describeMoment, shortHash } from "./receipt-facts";

/** The thank-you page: exactly what is stored, and what happens next. Survives reload; needs no script. */
export function ReceiptPage(props: ReceiptPageProps) {
  const { resume } = props;
  const lock = describeLock(resume);
  const received = describeMoment(props.receivedAt, props.timeZone);
  return (
    <PageFrame
      officeName={props.officeName}
      phone={props.phone}
      aside={
        <NextSteps>
          <NextStep title="A receipt comes by email.">
            If it is not there in ten minutes, look in spam.
          </NextStep>
          <NextStep title="A person reads what you sent.">Not a robot.</NextStep>
          <NextStep title="We write back">
            to <span className="break">{props.email}</span>.
          </NextStep>
        </NextSteps>
      }
    >
      <h1 className="ok">
        <span className="mk">
          <TickIcon />
        </span>
        <span>We have it, {props.firstName}.</span>
      </h1>
      <p className="lede">
        {lock
          ? "Your details arrived safely, but we need another copy of your resume: see below."
          : "Your details and your resume arrived safely. You can close this page; a receipt is on its way to your email."}
      </p>
      <section className="receipt" aria-label="Receipt">
        <div className="refline">
          <p className="small">Your reference</p>
          <p className="ref num">{props.reference}</p>
        </div>
        <dl>
          <Fact name="Name">
            {props.firstName} {props.lastName}
          </Fact>
          <Fact name="Email">{props.email}</Fact>
          <Fact name="Resume">
            {resume.fileName}
            <span className="small">
              {resume.format}, {formatBytes(resume.sizeBytes)}
            </span>
            <span className="small num">Fingerprint {shortHash(resume.sha256)}</span>
            {lock ? <span className="locked">{lock}</span> : null}
          </Fact>
          <Fact name="Received">
            <time dateTime={props.receivedAt}>{received.moment}</time>
            <span className="small">{received.zone}</span>
          </Fact>
        </dl>
      </section>
      <p className="small after">
        Wrong address or wrong file? Answer the mail we sent you, or send the form again with the right one.
      </p>
    </PageFrame>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
