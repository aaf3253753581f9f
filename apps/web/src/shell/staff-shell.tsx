import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { Link, Outlet } from "@tanstack/react-router";
import { House, Inbox, ScrollText, Settings2 } from "lucide-react";
import { useState } from "react";
import { BulkLines } from "../bulk/bulk-lines";
import { useLiveConnection } from "../live/use-live-connection";
import { BrandMark } from "../parts/brand";
import { useWanted } from "../second-factor/remedy";
import { SetupRequiredPage } from "../second-factor/setup-required-page";
import { StepUpDialog } from "../second-factor/step-up-dialog";
import { SessionWatch } from "../session/session-watch";
import { RailViews } from "../views/rail-views";
import { AccountMenu } from "./account-menu";
import { ConnectionBanner } from "./connection-banner";
import { MentionsLink } from "./mentions-link";
import { ShortcutDialog } from "./shortcut-dialog";
import { useShortcuts } from "./shortcuts";
import { ToastArea } from "./toast-area";
import { closeToast, useToast } from "./toast-store";
import { useOwnTheme } from "./use-own-theme";

/** The frame of every staff screen: rail (bar on phones), page, messages. */
export function StaffShell() {
  const user = useUser();
  useOwnTheme();
  useLiveConnection();
  const [showsShortcuts, setShowsShortcuts] = useState(false);
  const action = useToast()?.action;
  const { secondFactorSetup } = useWanted();
  useShortcuts({
    "?": () => setShowsShortcuts(true),
    u:
      action &&
      (() => {
        closeToast();
        action.run();
      }),
  });
  // For the moment between signing out and leaving.
  if (!user) return null;
  return (
    <div className="flex min-h-screen flex-col print:block! md:grid md:grid-cols-[3.25rem_minmax(0,1fr)] xl:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="sr-only rounded-2 bg-ink px-3 py-2 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-(--z-toast)"
      >
        Skip to content
      </a>
      <header className="print:hidden z-(--z-bar) flex border-line bg-paper max-md:items-center max-md:gap-1 max-md:border-b max-md:px-4 max-md:py-1 md:sticky md:top-0 md:h-screen md:flex-col md:gap-px md:border-e md:p-2 xl:p-3">
        <Brand />
        <MainNav />
        <RailViews />
        <div className="ms-auto md:ms-0 md:mt-auto md:border-t md:border-line md:pt-2">
          <AccountMenu user={user} onShowShortcuts={() => setShowsShortcuts(true)} />
        </div>
      </header>
      <div className="flex min-w-0 flex-1 flex-col bg-surface md:min-h-screen">
        <ConnectionBanner />
        <BulkLines />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col">
          {/* Another person in the same tab starts with a page of their own. */}
          {secondFactorSetup ? <SetupRequiredPage /> : <Outlet key={user.id} />}
        </main>
      </div>
      <ToastArea />
      <StepUpDialog />
      <SessionWatch user={user} />
      <ShortcutDialog isOpen={showsShortcuts} onOpenChange={setShowsShortcuts} />
    </div>
  );
}

function Brand() {
  return (
    <Link
      to="/"
      className="flex items-center gap-2 font-display text-[1.1875rem] leading-6 font-medium text-fg no-underline hover:text-fg max-md:min-h-(--touch-h) md:justify-center md:py-2 xl:justify-start xl:px-2 xl:pt-1 xl:pb-3"
    >
      <BrandMark />
      <span className="max-[22rem]:sr-only md:max-xl:sr-only">Intake</span>
    </Link>
  );
}

const navLink =
  "flex min-h-[1.875rem] items-center gap-[0.5625rem] rounded-2 px-2 text-fg-2 no-underline hover:bg-sunken hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-fg max-md:min-h-(--touch-h) md:max-xl:size-9 md:max-xl:justify-center md:max-xl:px-0 md:aria-[current=page]:rounded-s-[2px] md:aria-[current=page]:shadow-[inset_2px_0_0_var(--ink)] [&[aria-current=page]_svg]:text-ink";

function MainNav() {
  const user = useUser();
  const totals = trpc.leads.totals.useQuery();
  const pending = totals.data?.PENDING;
  return (
    <nav aria-label="Main" className="flex max-md:ms-3 max-md:gap-1 md:flex-col md:gap-px">
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }} title="Home" className={navLink}>
        <House size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="max-[30rem]:sr-only md:max-xl:sr-only">Home</span>
      </Link>
      <Link
        to="/leads"
        activeOptions={{ exact: false, includeSearch: false }}
        title="Leads"
        className={navLink}
      >
        <Inbox size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="max-[30rem]:sr-only md:max-xl:sr-only">Leads</span>
        {pending === undefined ? null : (
          <span className="num text-xs font-normal text-fg-3 md:max-xl:sr-only xl:ms-auto">
            {pending.toLocaleString("en-GB")}
            <span className="sr-only"> pending</span>
          </span>
        )}
      </Link>
      <MentionsLink className={navLink} />
      {user && can(user, "audit.read") ? (
        <Link to="/audit" activeOptions={{ includeSearch: false }} title="Audit" className={navLink}>
          <ScrollText size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
          <span className="max-[30rem]:sr-only md:max-xl:sr-only">Audit</span>
        </Link>
      ) : null}
      <Link to="/settings" title="Settings" className={navLink}>
        <Settings2 size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
        <span className="max-[30rem]:sr-only md:max-xl:sr-only">Settings</span>
      </Link>
    </nav>
  );
}
