import type { ListView } from "@intake/core/views/schema";
import { SquareStack } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { LeadsAddress } from "../leads/leads-address";
import { Opener } from "../parts/opener";
import { NameForm } from "./name-form";
import { useViewChanges } from "./use-view-changes";

const DialogFrame = lazy(() =>
  import("../parts/dialog-frame").then((module) => ({ default: module.DialogFrame })),
);
const ViewList = lazy(() => import("./view-list").then((module) => ({ default: module.ViewList })));

/** All views behind a button; one's own can be changed. */
export function ViewsMenu({ address }: { address: LeadsAddress }) {
  const [renamed, setRenamed] = useState<ListView | null>(null);
  const { change } = useViewChanges();
  return (
    <>
      <Opener
        look="quiet"
        face={
          <>
            <SquareStack size={16} strokeWidth={1.75} aria-hidden />
            Views
          </>
        }
        popover={{ label: "Views", placement: "bottom end", className: "w-80" }}
      >
        {(close) => (
          <div className="p-2">
            <ViewList
              address={address}
              onClose={close}
              onRename={(view) => {
                close();
                setRenamed(view);
              }}
            />
          </div>
        )}
      </Opener>
      <Suspense>
        {renamed ? (
          <DialogFrame title="Change the view" onClose={() => setRenamed(null)}>
            <NameForm
              send="Save"
              name={renamed.name}
              isShared={renamed.isShared}
              onSend={(next) =>
                change.mutate({ viewId: renamed.id, ...next }, { onSuccess: () => setRenamed(null) })
              }
            />
          </DialogFrame>
        ) : null}
      </Suspense>
    </>
  );
}
