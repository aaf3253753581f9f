import { trpc } from "@intake/client/react";
import type { DeadJobEntry } from "@intake/core/operations/schema";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";

/** Asks before a job is given up, since it cannot be brought back. */
export function DiscardDialog({ job, onClose }: { job: DeadJobEntry; onClose: () => void }) {
  const utils = trpc.useUtils();
  const discard = trpc.operations.discardJob.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: () => {
      showToast({ tone: "done", text: "The job is given up." });
      onClose();
    },
    onSettled: () => utils.operations.get.invalidate(),
  });
  return (
    <DialogFrame title={`Give up this job of ${job.name}?`} onClose={onClose}>
      <FormFailure error={discard.error} />
      <p className="text-fg-2">
        It will not be tried again and cannot be brought back. What it was about, a mail or a resume, stays as
        it is.
      </p>
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          autoFocus
          isDisabled={discard.isPending}
          onPress={() => discard.mutate({ jobId: job.id })}
        >
          {discard.isPending ? "Giving up" : "Give up"}
        </Button>
        <Button look="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </DialogFrame>
  );
}
