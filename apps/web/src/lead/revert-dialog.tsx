import type { Lead } from "@intake/core/leads/schema";
import { noteTextSchema } from "@intake/core/notes/schema";
import { type FormEvent, useState } from "react";
import { fullName } from "../leads/lead-link";
import { DialogFrame } from "../parts/dialog-frame";
import { inputClass } from "../parts/field";
import { FieldFrame } from "../parts/field-frame";
import { FormButtons } from "../parts/form-buttons";

interface RevertDialogProps {
  lead: Lead;
  onRevert: (reason: string) => void;
  onClose: () => void;
}

/** Asks why a lead goes back to pending; the reason is kept as a note for colleagues. */
export function RevertDialog({ lead, onRevert, onClose }: RevertDialogProps) {
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState<string>();

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const checked = noteTextSchema.safeParse(reason);
    if (!checked.success) {
      setProblem(reason.trim() === "" ? "Say in a few words why." : checked.error.issues[0]?.message);
      return;
    }
    onRevert(checked.data);
  }

  return (
    <DialogFrame title={`Set ${fullName(lead)} back to pending`} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <p className="text-fg-2">
          The first contact and its time are taken away, and the lead waits for an answer again.
        </p>
        <FieldFrame label="Why" hint="Colleagues read this in the history." error={problem}>
          {(control) => (
            <textarea
              {...control}
              rows={3}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              // biome-ignore lint/a11y/noAutofocus: focus moves into the dialog that was just opened
              autoFocus
              className={`${inputClass} block resize-none py-1.5`}
            />
          )}
        </FieldFrame>
        <FormButtons
          send="Set back to pending"
          sending="Set back to pending"
          isSending={false}
          onCancel={onClose}
        />
      </form>
    </DialogFrame>
  );
}
