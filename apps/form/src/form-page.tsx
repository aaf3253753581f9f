import { LeadForm } from "./lead-form";
import { NextStep, NextSteps } from "./next-steps";
import type { FormPageProps } from "./page-contract";
import { PageFrame } from "./page-frame";

/** The public form. Rendered on the server and brought to life in the browser; complete without the latter. */
export function FormPage(props: FormPageProps) {
  return (
    <PageFrame
      officeName={props.officeName}
      phone={props.phone}
      aside={
        <NextSteps>
          <NextStep title="You get a receipt">here and by email, with a reference.</NextStep>
          <NextStep title="A person reads it.">Not a robot.</NextStep>
          <NextStep title="We write back.">A person answers to the address you gave.</NextStep>
        </NextSteps>
      }
    >
      <LeadForm {...props} />
    </PageFrame>
  );
}
