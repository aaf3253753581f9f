import { Bookmark } from "lucide-react";
import type { LeadsAddress } from "../leads/leads-address";
import { Opener } from "../parts/opener";
import { showToast } from "../shell/toast-store";
import { NameForm } from "./name-form";
import { useViewChanges } from "./use-view-changes";
import { textOf } from "./view-links";

/** Keeps what the list shows now under a name. */
export function SaveView({ address }: { address: LeadsAddress }) {
  const { save } = useViewChanges();
  return (
    <Opener
      look="quiet"
      face={
        <>
          <Bookmark size={16} strokeWidth={1.75} aria-hidden />
          Save view
        </>
      }
      popover={{ label: "Save this view", placement: "bottom end", className: "w-72" }}
    >
      {(close) => (
        <div className="p-4">
          <NameForm
            send="Save"
            onSend={(view) =>
              save.mutate(
                { ...view, address: textOf(address) },
                {
                  onSuccess: () => {
                    close();
                    showToast({ tone: "done", text: `Saved the view “${view.name}”.` });
                  },
                },
              )
            }
          />
        </div>
      )}
    </Opener>
  );
}
