import type { Failure } from "@intake/client/failure";
import { Link } from "@tanstack/react-router";
import { RotateCw } from "lucide-react";
import { Button, buttonClass } from "../parts/button";
import { MessagePage } from "../parts/message-page";

interface LeadMessageProps {
  /** Left out when the address cannot be that of a lead. */
  failure?: Failure;
  onRetry?: () => unknown;
}

const hidden = new Set(["NOT_FOUND", "FORBIDDEN", "BAD_REQUEST", "UNPROCESSABLE_CONTENT"]);

/** Why a lead is not shown. Missing and forbidden look the same (detail 4.52). */
export function LeadMessage({ failure, onRetry }: LeadMessageProps) {
  if (!failure || hidden.has(failure.code)) {
    return (
      <MessagePage
        level={1}
        title="This lead does not exist or is not yours to see"
        actions={
          <Link to="/leads" className={buttonClass("primary")}>
            Open the leads
          </Link>
        }
      >
        <p>The link may be old or cut off.</p>
      </MessagePage>
    );
  }
  return (
    <MessagePage
      level={1}
      title="This lead could not be loaded"
      actions={
        <Button look="primary" onPress={() => onRetry?.()}>
          <RotateCw size={16} strokeWidth={1.75} aria-hidden />
          Try again
        </Button>
      }
    >
      <p>{failure.message}</p>
      {failure.requestId ? <p>Request {failure.requestId}. Quote it to whoever runs Intake.</p> : null}
    </MessagePage>
  );
}

/** The shape of the page while it loads; invisible for the first 150 ms. */
export function LeadSkeleton() {
  return (
    <div className="appear-late grid max-w-180 gap-4 px-6 pt-6 max-md:px-4">
      <p role="status" className="sr-only">
        Loading the lead
      </p>
      <span aria-hidden className="skeleton h-5 w-19" />
      <span aria-hidden className="skeleton h-7 w-3/5" />
      <span aria-hidden className="skeleton h-8 w-72 max-w-full" />
      <HistorySkeleton />
    </div>
  );
}

/** Lines of a history that is on its way. */
export function HistorySkeleton() {
  return (
    <div aria-hidden className="appear-late grid gap-5 py-2">
      <span className="skeleton w-3/5" />
      <span className="skeleton w-2/5" />
      <span className="skeleton w-1/2" />
    </div>
  );
}

/** The lead is here, its history is not. */
export function HistoryError({ failure, onRetry }: Required<LeadMessageProps>) {
  return (
    <div className="grid justify-items-start gap-2 text-fg-2">
      <p>
        The history could not be loaded. {failure.message}
        {failure.requestId ? ` Request ${failure.requestId}.` : ""}
      </p>
      <Button onPress={() => onRetry()}>
        <RotateCw size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
        Try again
      </Button>
    </div>
  );
}
