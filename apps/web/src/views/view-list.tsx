import { trpc } from "@intake/client/react";
import type { ListView } from "@intake/core/views/schema";
import { Link } from "@tanstack/react-router";
import { Pin, PinOff } from "lucide-react";
import { type LeadsAddress, pickAddress } from "../leads/leads-address";
import { Button } from "../parts/button";
import { RowMenu } from "../settings/row-menu";
import { useViewChanges } from "./use-view-changes";
import { addressOf, countOf, iconOf, isSameList, textOf } from "./view-links";

interface ViewListProps {
  address: LeadsAddress;
  onClose: () => void;
  onRename: (view: ListView) => void;
}

/** All views to choose from, and what can be done with one's own. */
export function ViewList({ address, onClose, onRename }: ViewListProps) {
  const views = trpc.views.list.useQuery(undefined, { staleTime: 30_000 }).data ?? [];
  return (
    <ul>
      {views.map((view) => (
        <ViewRow key={view.id} view={view} address={address} onClose={onClose} onRename={onRename} />
      ))}
    </ul>
  );
}

function ViewRow({ view, address, onClose, onRename }: ViewListProps & { view: ListView }) {
  const { change, pin, removeView } = useViewChanges();
  const Icon = iconOf(view);
  const isCurrent = isSameList(pickAddress(address), addressOf(view));
  const PinIcon = view.isPinned ? PinOff : Pin;
  const actions = [
    ...(view.isYours
      ? [
          { label: "Rename or share", run: () => onRename(view) },
          {
            label: "Replace by what is shown now",
            run: () => change.mutate({ viewId: view.id, address: textOf(address) }),
          },
        ]
      : []),
    ...(view.mayDelete ? [{ label: "Delete", run: () => removeView(view) }] : []),
  ];
  return (
    <li className="flex items-center gap-1">
      <Link
        to="/leads"
        search={addressOf(view)}
        onClick={onClose}
        aria-current={isCurrent ? "page" : undefined}
        activeProps={{ "aria-current": isCurrent ? "page" : undefined }}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-2 rounded-2 px-2 text-fg no-underline hover:bg-hover hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium pointer-coarse:min-h-(--touch-h)"
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none text-fg-2" />
        <span className="min-w-0 truncate">{view.name}</span>
        {view.owner && view.isShared ? (
          <span className="truncate text-xs text-fg-3">{view.isYours ? "shared" : view.owner}</span>
        ) : null}
        <span className="num ms-auto text-xs text-fg-3">{countOf(view)}</span>
      </Link>
      {view.owner === null ? null : (
        <Button
          look="quiet"
          shape="icon"
          aria-label={view.isPinned ? `Take ${view.name} out of the rail` : `Put ${view.name} into the rail`}
          onPress={() => pin.mutate({ viewId: view.id, isPinned: !view.isPinned })}
        >
          <PinIcon size={14} strokeWidth={1.75} aria-hidden />
        </Button>
      )}
      {actions.length > 0 ? <RowMenu name={view.name} actions={actions} /> : null}
    </li>
  );
}
