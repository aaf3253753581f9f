import { type RefObject, useEffect, useMemo, useRef } from "react";
import { RetryIcon } from "./icons";
import { phoneLink } from "./page-frame";
import type { SubmissionState } from "./use-submission";
import type { Trouble } from "./verdict";

interface NotSentProps {
  trouble: Trouble;
  state: SubmissionState;
  phone?: string | undefined;
  submitButton: RefObject<HTMLButtonElement | null>;
}

/** Says that nothing was sent, that nothing is lost, and when the next try comes. Its button submits the form. */
export function NotSent({ trouble, state, phone, submitButton }: NotSentProps) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => box.current?.focus(), []);
  // Once per trouble: the time of day in it must not move while the page re-renders.
  const explanation = useMemo(() => explain(trouble), [trouble]);
  const isWaiting = state.phase === "waiting";
  const isSending = state.phase === "sending";
  return (
    // biome-ignore lint/a11y/noAutofocus: without JavaScript this is how the notice takes the focus after a refused post.
    <section className="callout" tabIndex={-1} ref={box} aria-labelledby="not-sent-title" autoFocus>
      <h2 id="not-sent-title">Not sent yet</h2>
      <p>{explanation}</p>
      <div className="again">
        <button
          className="pbtn primary"
          type="submit"
          form="lead-form"
          ref={submitButton}
          aria-disabled={isSending || undefined}
        >
          <RetryIcon />
          {isWaiting || isSending ? "Try now" : "Try again"}
        </button>
        {isWaiting && <p role="timer">Trying again in {seconds(state.secondsLeft)}.</p>}
        {isSending && <p>Trying again now.</p>}
      </div>
      {trouble.kind !== "paused" && state.phase === "stopped" && (
        <p className="small">
          Pressing “Try again” twice is fine: we only ever keep one copy.
          {phone && (
            <>
              {" "}
              Rather talk? <a href={phoneLink(phone)}>{phone}</a>
            </>
          )}
        </p>
      )}
    </section>
  );
}

const kept = "Everything you typed is still here.";

function explain(trouble: Trouble): string {
  switch (trouble.kind) {
    case "connection":
      return trouble.percent === undefined || trouble.percent === 0 || trouble.percent >= 100
        ? `There is no connection to the office. ${kept}`
        : `The connection dropped at ${trouble.percent} %. ${kept}`;
    case "busy":
      return `The office cannot take it this moment. ${kept}`;
    case "limited":
      return trouble.seconds === undefined
        ? `Too many tries came from your connection. ${kept} Wait a few minutes, then send it again.`
        : `Too many tries came from your connection. ${kept} You can send it again at ${clockTime(trouble.seconds)}, in ${waitingTime(trouble.seconds)}.`;
    case "refused":
      return `${trouble.message} ${kept}${trouble.requestId ? ` If you call us, this number helps: ${trouble.requestId}.` : ""}`;
    case "paused":
      return `You changed something, so we stopped trying by ourselves. ${kept} Send it when you are ready.`;
  }
}

/** What a screen reader hears once per trouble; the countdown and the retries themselves stay silent. */
export function announceTrouble(trouble: Trouble, state: SubmissionState): string {
  return `Not sent yet. ${explain(trouble)}${state.phase === "stopped" ? "" : " We try again by ourselves."}`;
}

function seconds(count: number): string {
  return `${count} ${count === 1 ? "second" : "seconds"}`;
}

function waitingTime(wait: number): string {
  const minutes = Math.ceil(wait / 60);
  return wait < 60 ? seconds(wait) : `${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

function clockTime(secondsFromNow: number): string {
  const time = new Date(Date.now() + secondsFromNow * 1000);
  return time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
