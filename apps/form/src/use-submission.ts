/** Joins a delivery to the page: its state for the screen, and the person's own "try now", "cancel" and "wait, I am typing". */
import { type SubmitLeadError, submitLead } from "@intake/client/submit-lead";
import type { LeadFields, LeadReceipt } from "@intake/core/leads/schema";
import type { ResumeLimits } from "@intake/core/resumes/schema";
import { useEffect, useRef, useState } from "react";
import { type DeliveryStep, deliver } from "./deliver";
import type { FieldErrors } from "./fields";
import { reportFailure } from "./report-failure";
import type { AttachedResume } from "./resume-file";
import { dropKey, keyFor, markContent, openKeyStore } from "./submission-key";
import { judgeFailure, type Trouble } from "./verdict";

export type SubmissionState =
  | { phase: "editing" }
  | DeliveryStep
  | { phase: "stopped"; trouble: Trouble }
  | { phase: "received" };

interface SubmissionHandlers {
  limits: ResumeLimits;
  onReceived(receipt: LeadReceipt): void;
  onMend(errors: FieldErrors): void;
}

export function useSubmission(initial: SubmissionState, handlers: SubmissionHandlers) {
  const [state, setState] = useState<SubmissionState>(initial);
  const running = useRef<{ abort: AbortController; decide(decision: "now" | "cancelled"): void } | null>(
    null,
  );

  async function start(fields: LeadFields, resume: AttachedResume) {
    if (running.current) return;
    const abort = new AbortController();
    const current = { abort, decide: (_: "now" | "cancelled") => {} };
    running.current = current;
    const store = openKeyStore();
    const content = markContent(fields, resume);
    let nothingLeft = false;
    const result = await deliver({
      send: (onProgress) =>
        submitLead({
          fields,
          resume: { name: resume.name, bytes: resume.bytes },
          timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
          idempotencyKey: keyFor(store, content),
          onProgress,
          signal: abort.signal,
        }),
      judge: (error: SubmitLeadError, attempt) => {
        // What left in part is broken off where the server sees it; only it never hears of the rest.
        if (error.kind === "network" && !attempt.percent) nothingLeft = true;
        return judgeFailure(error, { ...attempt, file: resume, limits: handlers.limits });
      },
      renewKey: () => dropKey(store),
      waitASecond: () =>
        new Promise((resolve) => {
          if (abort.signal.aborted) return resolve("cancelled");
          const timer = setTimeout(resolve, 1000, "elapsed");
          current.decide = (decision) => {
            clearTimeout(timer);
            resolve(decision);
          };
        }),
      onStep: (step) => {
        if (running.current === current) setState(step);
      },
    }).catch((defect: unknown) => {
      stop({ phase: "stopped", trouble: { kind: "refused", message: "Something on this page went wrong." } });
      throw defect;
    });
    if (nothingLeft) reportFailure("no-connection", resume.sizeBytes);
    if (running.current !== current) return;
    running.current = null;
    if (result.outcome === "received") {
      setState({ phase: "received" });
      handlers.onReceived(result.receipt);
    } else if (result.outcome === "stopped") {
      setState({ phase: "stopped", trouble: result.trouble });
    } else {
      setState({ phase: "editing" });
      if (result.outcome === "mend") handlers.onMend(result.errors);
    }
  }

  function stop(next: SubmissionState) {
    const current = running.current;
    running.current = null;
    current?.abort.abort();
    current?.decide("cancelled");
    setState(next);
  }

  // Back from the receipt brings this very page to life again, still saying "sent".
  useEffect(() => {
    const revive = (event: PageTransitionEvent) => {
      if (event.persisted) setState({ phase: "editing" });
    };
    window.addEventListener("pageshow", revive);
    return () => window.removeEventListener("pageshow", revive);
  }, []);

  // Closing the tab now would lose what is on its way; the browser asks first.
  const isUnderWay = state.phase === "sending" || state.phase === "waiting";
  useEffect(() => {
    if (!isUnderWay) return;
    const ask = (event: BeforeUnloadEvent) => {
      // Not on the way to the receipt, which begins before this effect is undone.
      if (running.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnderWay]);

  return {
    state,
    start,
    /** Ends the wait before a retry. */
    tryNow: () => running.current?.decide("now"),
    cancel: () => stop({ phase: "editing" }),
    /** Stops the countdown, because what would be sent is no longer what is on the screen. */
    pause: () => stop({ phase: "stopped", trouble: { kind: "paused" } }),
    /** The trouble is over: the form has a field to mend instead. */
    clear: () => setState({ phase: "editing" }),
  };
}
