import { createErrorReports, watchErrors } from "@intake/client/browser-errors";
import { createBrowserSession } from "@intake/client/browser-session";
import { createHeard } from "@intake/client/heard";
import { createPresence } from "@intake/client/presence";
import { createReactClient, IntakeProvider } from "@intake/client/react";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setTrail } from "./leads/lead-trail";
import { hearNews } from "./live/live-news";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";
import { forgetRemedies, seekRemedy } from "./second-factor/remedy";
import { closeToast } from "./shell/toast-store";
import "./styles.css";

declare global {
  interface Window {
    /** What `first.js` has asked already. */
    intakeRefresh?: Promise<Response>;
  }
}

const reports = createErrorReports({
  ...{ app: "dashboard", origin: location.origin },
  route: () => router.state.matches.at(-1)?.fullPath ?? "/",
});
watchErrors(reports);

const session = createBrowserSession("/trpc", window.intakeRefresh);
const presence = createPresence({ channel: new BroadcastChannel("intake-presence") });
const queryClient = createQueryClient();
const heard = createHeard();
hearNews(({ upTo }) => upTo !== undefined && heard.note(upTo));
const client = createReactClient({ session, presence, seekRemedy, onRequest: reports.noteRequest, heard });
const router = createAppRouter({ session, client, queryClient });

// Signed out here or in another tab: the guard sends this tab to the sign-in page, deep link kept.
session.subscribe(() => {
  const state = session.getState();
  // Ended by itself: the page stays, and the person signs in again over it.
  if (state.status !== "signed-out" || (state.reason === "ended" && state.user)) return;
  setTrail(null);
  closeToast();
  forgetRemedies();
  void router.invalidate();
});

/** Caught by a page that takes the place of what broke, so that nobody else hears of it. */
function onCaughtError(error: unknown): void {
  // biome-ignore lint/suspicious/noConsole: what React does by itself, for whoever looks into the browser.
  console.error(error);
  reports.report("screen", error);
}

const root = document.getElementById("root");
if (root) {
  createRoot(root, { onCaughtError }).render(
    <StrictMode>
      <IntakeProvider session={session} presence={presence} queryClient={queryClient} client={client}>
        <RouterProvider router={router} />
      </IntakeProvider>
    </StrictMode>,
  );
}
