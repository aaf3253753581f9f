import { trpc } from "@intake/client/react";
import { Link, useRouterState } from "@tanstack/react-router";
import { pickAddress } from "../leads/leads-address";
import { addressOf, countOf, iconOf, isSameList } from "./view-links";

/** The views of the rail, each with the number of leads it shows. Narrow screens have them in the list's own menu. */
export function RailViews() {
  const views = trpc.views.list.useQuery(undefined, { staleTime: 30_000 });
  const here = useRouterState({
    select: ({ location }) => (location.pathname.endsWith("/leads") ? pickAddress(location.search) : null),
  });
  const pinned = views.data?.filter((view) => view.isPinned) ?? [];
  if (pinned.length === 0) return null;
  return (
    <nav aria-label="Views" className="mt-4 flex min-h-0 flex-col gap-px overflow-y-auto max-xl:hidden">
      <h2 className="px-2 pb-1 text-xs font-medium text-fg-3">Views</h2>
      {pinned.map((view) => {
        const address = addressOf(view);
        const isCurrent = here !== null && isSameList(here, address);
        const Icon = iconOf(view);
        return (
          <Link
            key={view.id}
            to="/leads"
            search={address}
            aria-current={isCurrent ? "page" : undefined}
            activeProps={{ "aria-current": isCurrent ? "page" : undefined }}
            title={view.owner && !view.isYours ? `${view.name}, shared by ${view.owner}` : view.name}
            className="flex min-h-[1.875rem] flex-none items-center gap-[0.5625rem] rounded-2 px-2 text-fg-2 no-underline hover:bg-sunken hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-fg pointer-coarse:min-h-(--touch-h)"
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
            <span className="min-w-0 truncate">{view.name}</span>
            <span className="num ms-auto text-xs font-normal text-fg-3">{countOf(view)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
