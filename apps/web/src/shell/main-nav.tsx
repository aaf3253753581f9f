import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { MentionsLink } from "./mentions-link";
import { pages } from "./pages";

const navLink =
  "flex min-h-[1.875rem] items-center gap-[0.5625rem] rounded-2 px-2 text-fg-2 no-underline hover:bg-sunken hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-fg max-md:min-h-(--touch-h) md:max-xl:size-9 md:max-xl:justify-center md:max-xl:px-0 md:aria-[current=page]:rounded-s-[2px] md:aria-[current=page]:shadow-[inset_2px_0_0_var(--ink)] [&[aria-current=page]_svg]:text-ink";

/** The pages that this person may open. */
export function MainNav() {
  const user = useUser();
  const shown = pages.filter(({ permission }) => !permission || (user && can(user, permission)));
  return (
    <nav aria-label="Main" className="flex max-md:ms-3 max-md:gap-1 md:flex-col md:gap-px">
      {shown.map(({ to, name, Icon }) => (
        <Fragment key={to}>
          <Link
            to={to}
            activeOptions={{ exact: to === "/", includeSearch: false }}
            title={name}
            className={navLink}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
            <span className="max-xl:sr-only">{name}</span>
            {to === "/leads" ? <PendingCount /> : null}
          </Link>
          {to === "/leads" ? <MentionsLink className={navLink} /> : null}
        </Fragment>
      ))}
    </nav>
  );
}

function PendingCount() {
  const pending = trpc.leads.totals.useQuery().data?.PENDING;
  if (pending === undefined) return null;
  return (
    <span className="num text-xs font-normal text-fg-3 md:max-xl:sr-only xl:ms-auto">
      {pending.toLocaleString("en-GB")}
      <span className="sr-only"> pending</span>
    </span>
  );
}
