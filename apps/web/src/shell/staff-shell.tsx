import { useUser } from "@intake/client/react";
import { Link, Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { BulkLines } from "../bulk/bulk-lines";
import { useLiveConnection } from "../live/use-live-connection";
import { FindButton } from "../palette/find-button";
import { PaletteHost } from "../palette/palette-host";
import { BrandMark } from "../parts/brand";
import { useWanted } from "../second-factor/remedy";
import { SessionWatch } from "../session/session-watch";
import { RailViews } from "../views/rail-views";
import { AccountMenu } from "./account-menu";
import { ConnectionBanner } from "./connection-banner";
import { MainNav } from "./main-nav";
import { useShortcuts } from "./shortcuts";
import { ToastArea } from "./toast-area";
import { closeToast, useToast } from "./toast-store";
import { useOwnTheme } from "./use-own-theme";

const ShortcutDialog = lazy(() =>
  import("./shortcut-dialog").then((module) => ({ default: module.ShortcutDialog })),
);

const SetupRequiredPage = lazy(() =>
  import("../second-factor/setup-required-page").then((module) => ({ default: module.SetupRequiredPage })),
);
const StepUpDialog = lazy(() =>
  import("../second-factor/step-up-dialog").then((module) => ({ default: module.StepUpDialog })),
);

/** The frame of every staff screen: rail (bar on phones), page, messages. */
export function StaffShell() {
  const user = useUser();
  useOwnTheme();
  useLiveConnection();
  const [open, setOpen] = useState<"keys" | "palette" | null>(null);
  const action = useToast()?.action;
  const { secondFactorSetup, stepUp } = useWanted();
  useShortcuts({
    "shell.find": () => setOpen("palette"),
    "shell.keys": () => setOpen("keys"),
    "shell.undo":
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
      <header className="print:hidden z-(--z-bar) flex border-line bg-paper max-md:items-center max-md:gap-1 max-md:border-b max-md:px-4 max-md:py-1 md:sticky md:top-0 md:h-[calc(100vh-var(--above))] md:flex-col md:gap-px md:border-e md:p-2 xl:p-3">
        <Brand />
        <FindButton onPress={() => setOpen("palette")} />
        <MainNav />
        <RailViews />
        <div className="ms-auto md:ms-0 md:mt-auto md:border-t md:border-line md:pt-2">
          <AccountMenu user={user} onShow={setOpen} />
        </div>
      </header>
      <div className="flex min-w-0 flex-1 flex-col bg-surface md:min-h-screen">
        <ConnectionBanner />
        <BulkLines />
        <main id="main" tabIndex={-1} className="flex min-w-0 flex-1 flex-col">
          {/* Another person in the same tab starts with a page of their own. */}
          <Suspense>{secondFactorSetup ? <SetupRequiredPage /> : <Outlet key={user.id} />}</Suspense>
        </main>
      </div>
      <ToastArea />
      <Suspense>{stepUp ? <StepUpDialog /> : null}</Suspense>
      <SessionWatch user={user} />
      {open === "palette" ? <PaletteHost onClose={() => setOpen(null)} /> : null}
      <Suspense>{open === "keys" ? <ShortcutDialog onClose={() => setOpen(null)} /> : null}</Suspense>
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
      <span className="max-[30rem]:sr-only md:max-xl:sr-only">Intake</span>
    </Link>
  );
}
