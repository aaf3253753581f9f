import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { typedFrom } from "@intake/core/bulk/policy";
import type { BulkChange } from "@intake/core/bulk/schema";
import { type FormEvent, type ReactNode, useState } from "react";
import type { LeadSelection } from "../leads/selection";
import { DialogFrame } from "../parts/dialog-frame";
import { Field } from "../parts/field";
import { FormButtons } from "../parts/form-buttons";
import { FormFailure } from "../sign-in/form-failure";
import { countWords } from "./bulk-words";
import { useSelectionCount } from "./use-selection-count";

interface BulkDialogProps {
  /** What is done, around the number: "Mark", "reached out". */
  title: (leads: string) => string;
  send: (leads: string) => string;
  selection: LeadSelection;
  /** Null while something is still to be chosen; `missing` says what. */
  change: BulkChange | null;
  missing?: string;
  children: ReactNode;
  onClose: () => void;
  onStarted: () => void;
}

/** Asks before many leads are changed: with their number, counted now, which has to be typed when it is large (detail 4.43). */
export function BulkDialog(props: BulkDialogProps) {
  const { title, send, selection, change, missing, children, onClose, onStarted } = props;
  const utils = trpc.useUtils();
  const { chosen, counted, error, countAgain } = useSelectionCount(selection);
  const start = trpc.bulk.start.useMutation({
    meta: { showsItsErrors: true },
    onSuccess(begun) {
      utils.bulk.mine.setData(undefined, (earlier) => [begun, ...(earlier ?? [])]);
      onStarted();
    },
    onError(error) {
      if (readFailure(error).code === "CONFLICT") countAgain();
    },
  });
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string>();
  const leads = counted ? countWords(counted.total) : "the chosen leads";
  const mustType = counted !== undefined && counted.total >= typedFrom;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!counted || counted.total === 0 || start.isPending) return;
    const isTyped = !mustType || typed.replaceAll(/[\s,.’']/g, "") === String(counted.total);
    setProblem(
      change === null
        ? missing
        : isTyped
          ? undefined
          : `Type ${counted.total} to show that you mean all of them.`,
    );
    if (change !== null && isTyped) start.mutate({ selection: chosen, change, confirmed: counted });
  }

  return (
    <DialogFrame title={title(leads)} onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <FormFailure error={error ?? start.error} />
        {counted?.total === 0 ? <p>None of these leads is there any more. Choose again.</p> : children}
        {mustType ? (
          <Field
            label={`Type ${counted.total} to go on`}
            value={typed}
            inputMode="numeric"
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
            error={change === null ? undefined : problem}
          />
        ) : null}
        {change === null && problem ? (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        ) : null}
        <p className="text-xs text-fg-3">
          Leads that somebody changes meanwhile are left alone. It can be taken back for an hour.
        </p>
        <FormButtons
          send={counted ? send(leads) : "Counting"}
          sending="Starting"
          isSending={start.isPending}
          onCancel={onClose}
        />
      </form>
    </DialogFrame>
  );
}
