import type { LeadFields } from "@intake/core/leads/schema";
import { describeRefusal } from "@intake/core/resumes/schema";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { EmailField } from "./email-field";
import { ErrorSummary } from "./error-summary";
import { checkFields, hasErrors } from "./fields";
import { announceTrouble, NotSent } from "./not-sent";
import type { FormPageProps } from "./page-contract";
import { formTitle } from "./page-titles";
import { ResumeField } from "./resume-field";
import { TextField } from "./text-field";
import { announceProgress } from "./upload-progress";
import { useFieldErrors } from "./use-field-errors";
import { useOnlineAgain } from "./use-online-again";
import { useResume } from "./use-resume";
import { useSubmission } from "./use-submission";
import { useWindowDrops } from "./use-window-drops";

/** Four fields and their sending: errors at the field and on top, progress, retries, and nothing ever lost. */
export function LeadForm({
  officeName,
  phone,
  resumeLimits,
  idempotencyKey,
  values,
  ...initial
}: FormPageProps) {
  const isLive = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  const form = useRef<HTMLFormElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  const mending = useFieldErrors(initial.errors ?? []);
  const { errors, turn } = mending;
  const [news, setNews] = useState("");

  const submission = useSubmission(
    initial.formError
      ? { phase: "stopped", trouble: { kind: "refused", message: initial.formError } }
      : { phase: "editing" },
    {
      limits: resumeLimits,
      onReceived: ({ receiptUrl }) => window.location.assign(receiptUrl),
      onMend: mending.show,
    },
  );
  const { state } = submission;
  const trouble = "trouble" in state ? state.trouble : null;
  const isSending = state.phase === "sending" || state.phase === "received";

  const attachment = useResume({
    limits: resumeLimits,
    onAttached: ({ name }) => {
      mending.set("resume", undefined);
      setNews(`${name} is attached.`);
    },
    onRefused: (message) => {
      mending.set("resume", message);
      setNews(`Error: ${message}`);
    },
  });
  useWindowDrops();

  function noteChange() {
    if (state.phase === "waiting") submission.pause();
  }

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (state.phase === "waiting") return submission.tryNow();
    if (isSending) return;
    if (attachment.readingName) return setNews("Your file is still being read. Send again in a moment.");
    const checked = checkFields(readValues(event.currentTarget));
    setNews("");
    if (!attachment.resume || hasErrors(checked.errors)) {
      // A sentence about the file just refused says more than "choose a file".
      const resume = errors.resume ?? describeRefusal("missing", { name: "", limits: resumeLimits });
      submission.clear();
      return mending.show(attachment.resume ? checked.errors : { ...checked.errors, resume });
    }
    mending.show({});
    void submission.start(checked.fields, attachment.resume);
  }

  function cancel() {
    submission.cancel();
    setNews("Stopped. Everything you typed is still here.");
    requestAnimationFrame(() => submitButton.current?.focus());
  }

  useOnlineAgain(trouble?.kind === "connection" && !isSending, () => form.current?.requestSubmit());

  const moment = trouble ? "not-sent" : isSending ? "sending" : hasErrors(errors) ? "error" : "editing";
  useEffect(() => {
    document.title = formTitle(officeName, moment);
  }, [officeName, moment]);

  const says = trouble
    ? announceTrouble(trouble, state)
    : state.phase === "sending"
      ? announceProgress(state.progress)
      : state.phase === "received"
        ? "It has arrived. Your receipt opens."
        : news;
  return (
    <>
      {turn > 0 && <ErrorSummary errors={errors} turn={turn} />}
      {trouble && <NotSent trouble={trouble} state={state} phone={phone} submitButton={submitButton} />}
      <h1>Tell us how to reach you</h1>
      <p className="lede">
        Four things, about a minute. Tell us about your case later, when we have checked that we can act for
        you.
      </p>
      <form
        id="lead-form"
        ref={form}
        method="post"
        action="/api/leads"
        encType="multipart/form-data"
        noValidate={isLive}
        onSubmit={send}
        onInput={noteChange}
        onBlur={({ currentTarget }) =>
          mending.recheckLater(() => checkFields(readValues(currentTarget)).errors)
        }
      >
        <input type="hidden" name="idempotencyKey" value={idempotencyKey} />
        <div className="two">
          <TextField
            id="first-name"
            name="firstName"
            label="First name"
            autoComplete="given-name"
            defaultValue={values?.firstName}
            error={errors.firstName}
            readOnly={isSending}
          />
          <TextField
            id="last-name"
            name="lastName"
            label="Last name"
            autoComplete="family-name"
            defaultValue={values?.lastName}
            error={errors.lastName}
            readOnly={isSending}
          />
        </div>
        <EmailField defaultValue={values?.email} error={errors.email} isReadOnly={isSending} />
        <ResumeField
          limits={resumeLimits}
          isLive={isLive}
          resume={attachment.resume}
          readingName={attachment.readingName}
          error={errors.resume}
          isChoiceLost={values !== undefined && !attachment.resume}
          sending={
            isSending
              ? {
                  progress: state.phase === "sending" ? state.progress : { sentBytes: 1, totalBytes: 1 },
                  onCancel: cancel,
                }
              : null
          }
          onChoose={(file) => {
            noteChange();
            void attachment.choose(file);
          }}
          onRefuse={attachment.refuse}
          onRemove={() => {
            attachment.remove();
            mending.set("resume", undefined);
            setNews("Removed.");
            noteChange();
          }}
        />
        <p className="small">Sending this does not make you a client yet, and you owe us nothing.</p>
        {!trouble && (
          <div className="send">
            <button
              className="pbtn primary"
              type="submit"
              ref={submitButton}
              aria-disabled={isSending || undefined}
            >
              {isSending ? "Sending…" : "Send"}
            </button>
            {isSending && (
              <p className="small">Keep this page open. You will see a receipt when it has arrived.</p>
            )}
          </div>
        )}
      </form>
      <p className="sr" role="status">
        {says}
      </p>
    </>
  );
}

const subscribeToNothing = () => () => {};

function readValues(form: HTMLFormElement): LeadFields {
  const data = new FormData(form);
  const read = (name: keyof LeadFields) => String(data.get(name) ?? "");
  return { firstName: read("firstName"), lastName: read("lastName"), email: read("email") };
}
