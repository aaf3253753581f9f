import { Bookmark } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components/Popover";
import type { LeadsAddress } from "../leads/leads-address";
import { Button } from "../parts/button";
import { showToast } from "../shell/toast-store";
import { NameForm } from "./name-form";
import { useViewChanges } from "./use-view-changes";
import { textOf } from "./view-links";

/** Keeps what the list shows now under a name. */
export function SaveView({ address }: { address: LeadsAddress }) {
  const { save } = useViewChanges();
  return (
    <DialogTrigger>
      <Button look="quiet">
        <Bookmark size={16} strokeWidth={1.75} aria-hidden />
        Save view
      </Button>
      <Popover
        placement="bottom end"
        className="rise z-(--z-popover) w-72 max-w-[calc(100vw-1rem)] rounded-3 border border-line-2 bg-raised shadow-2"
      >
        <Dialog aria-label="Save this view" className="p-4 outline-none">
          {({ close }) => (
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
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
