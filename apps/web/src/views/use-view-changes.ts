import { trpc } from "@intake/client/react";
import type { ListView } from "@intake/core/views/schema";
import { showToast } from "../shell/toast-store";

/** What can be done with views; each shows in the rail at once. */
export function useViewChanges() {
  const utils = trpc.useUtils();
  const onSuccess = () => utils.views.list.invalidate();
  const save = trpc.views.save.useMutation({ onSuccess });
  const change = trpc.views.change.useMutation({ onSuccess });
  const pin = trpc.views.pin.useMutation({ onSuccess });
  const remove = trpc.views.delete.useMutation({ onSuccess });

  function removeView(view: ListView): void {
    const { name, address, isShared } = view;
    const undo = () => save.mutate({ name, address, isShared });
    remove.mutate(
      { viewId: view.id },
      {
        onSuccess: () =>
          showToast({
            tone: "done",
            text: `Deleted the view “${name}”.`,
            ...(view.isYours ? { action: { label: "Undo", key: "U", run: undo } } : {}),
          }),
      },
    );
  }

  return { save, change, pin, removeView };
}
