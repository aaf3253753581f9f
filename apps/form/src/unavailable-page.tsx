import type { UnavailablePageProps } from "./page-contract";
import { PageFrame, phoneLink } from "./page-frame";

type Kind = UnavailablePageProps["kind"];

const titles: Record<Kind, string> = {
  unavailable: "One moment, please",
  "receipt-not-found": "This receipt is not here",
  "page-not-found": "There is nothing here",
};

const explanations: Record<Kind, string> = {
  unavailable:
    "The office cannot be reached, and nothing was sent. Try again in a minute. If you had filled in the form, go back: your answers are kept there.",
  "receipt-not-found":
    "The link may be incomplete, or it has run out. If you have sent us your details, the mail with your reference is still good.",
  "page-not-found": "The address may be mistyped. The form is where you can reach us.",
};

export function unavailableTitle(kind: Kind): string {
  return titles[kind];
}

/** For a link that leads nowhere (404) and for a product that is away for a moment (503). */
export function UnavailablePage({ officeName, phone, kind, requestId }: UnavailablePageProps) {
  return (
    <PageFrame officeName={officeName} phone={phone}>
      <h1>{titles[kind]}</h1>
      <p className="lede">{explanations[kind]}</p>
      <p className="onward">
        <a className="pbtn primary" href="/">
          {kind === "unavailable" ? "Open the form again" : "Open the form"}
        </a>
      </p>
      {(phone || requestId) && (
        <p className="small after">
          {phone && (
            <>
              Rather talk? <a href={phoneLink(phone)}>{phone}</a>.{" "}
            </>
          )}
          {requestId && <>If you call or write, this number helps us find what happened: {requestId}</>}
        </p>
      )}
    </PageFrame>
  );
}
