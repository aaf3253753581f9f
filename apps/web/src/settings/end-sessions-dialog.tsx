import { trpc } from "@intake/client/react";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { FormFailure } from "../sign-in/form-failure";

/** Asks before everybody is signed out, whoever asks included. */
export function EndSessionsDialog({ onClose }: { onClose: () => void }) {
  const end = trpc.people.endAllSessions.useMutation({
    meta: { showsItsErrors: true },
    // The next call finds no session and leads to the sign-in page, as for everybody else.
    onSuccess: () => window.location.reload(),
  });
  return (
    <DialogFrame title="Sign everybody out?" onClose={onClose}>
      <div className="grid gap-4">
        <FormFailure error={end.error} />
        <p className="text-fg-2">
          Every session of every person ends at once, yours too. Notes that are not saved stay in their
          browsers. API keys go on working.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" autoFocus onPress={() => end.mutate()}>
            {end.isPending ? "Signing out" : "Sign everybody out"}
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}
