import { trpc } from "@intake/client/react";
import type { Person } from "@intake/core/people/schema";
import { Button } from "../parts/button";
import { DialogFrame } from "../parts/dialog-frame";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";

/** Asks before a person loses access: their sessions and keys do not come back. */
export function DeactivateDialog({ person, onClose }: { person: Person; onClose: () => void }) {
  const utils = trpc.useUtils();
  const deactivate = trpc.people.deactivate.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: async () => {
      showToast({ tone: "done", text: `${person.name} is deactivated.` });
      onClose();
      await utils.people.list.invalidate();
    },
  });
  return (
    <DialogFrame title={`Deactivate ${person.name}?`} onClose={onClose}>
      <div className="grid gap-4">
        <FormFailure error={deactivate.error} />
        <p className="text-fg-2">
          Their sessions and API keys end at once. What they did stays in the history, and you can let them in
          again later; keys must then be made anew.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" autoFocus onPress={() => deactivate.mutate({ userId: person.id })}>
            {deactivate.isPending ? "Deactivating" : "Deactivate"}
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </DialogFrame>
  );
}
