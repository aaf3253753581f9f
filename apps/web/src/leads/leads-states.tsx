import type { Failure } from "@intake/client/failure";
import { RotateCw } from "lucide-react";
import { Button, buttonClass } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { statusWords } from "../parts/status-badge";
import { isFiltered, type ListPlace } from "./leads-address";
import { areaPhrases } from "./search-area";

type ListMessageProps =
  | { kind: "error"; failure: Failure; onRetry: () => unknown }
  | { kind: "nobody"; place: ListPlace; onClear: () => void; onWiden: (() => void) | undefined };

/** Why there are no rows; each reason has its own words and its own way on (detail 4.41). */
export function ListMessage(props: ListMessageProps) {
  if (props.kind === "error") return <FailedList failure={props.failure} onRetry={props.onRetry} />;
  if (isFiltered(props.place)) return <NoMatch {...props} />;
  return (
    <MessagePage
      title="No leads yet"
      actions={
        <a href="/" className={buttonClass("primary")}>
          Open the form
        </a>
      }
    >
      <p>Whoever fills in the public form appears here within seconds, and you get a mail.</p>
    </MessagePage>
  );
}

function NoMatch({ place, onClear, onWiden }: Extract<ListMessageProps, { kind: "nobody" }>) {
  const status = place.status ? statusWords[place.status].toLowerCase() : null;
  const where = status ? ` among the leads that are ${status}` : "";
  const canWiden = place.q && place.in !== "everything" && onWiden;
  return (
    <MessagePage
      title="Nobody matches"
      actions={
        <>
          {canWiden ? (
            <Button look="primary" onPress={onWiden}>
              Search everywhere
            </Button>
          ) : null}
          <Button look={canWiden ? "outline" : "primary"} onPress={onClear}>
            Clear filters
          </Button>
        </>
      }
    >
      {place.q ? (
        <p>
          “{place.q}” was searched in {areaPhrases[place.in]}
          {where}.{" "}
          {place.in === "person"
            ? null
            : "The words of a new resume are found about a minute after it arrives."}
        </p>
      ) : (
        <p>No lead fits these filters{where}.</p>
      )}
    </MessagePage>
  );
}

function FailedList({ failure, onRetry }: { failure: Failure; onRetry: () => unknown }) {
  if (failure.code === "FORBIDDEN") {
    return (
      <MessagePage title="Leads are not yours to see">
        <p>{failure.message}</p>
      </MessagePage>
    );
  }
  return (
    <MessagePage
      title="The list could not be loaded"
      actions={
        <Button look="primary" onPress={() => onRetry()}>
          <RotateCw size={16} strokeWidth={1.75} aria-hidden />
          Try again
        </Button>
      }
    >
      <p>{failure.message} Your filters are kept.</p>
      {failure.requestId ? <p>Request {failure.requestId}. Quote it to whoever runs Intake.</p> : null}
    </MessagePage>
  );
}
