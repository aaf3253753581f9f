import { createBrowserSession } from "@intake/client/browser-session";
import { createPresence } from "@intake/client/presence";
import { createReactClient, IntakeProvider } from "@intake/client/react";
import { RouterProvider } from "@tanstack/react-router";
import { configure } from "@testing-library/dom";
import userEvent from "@testing-library/user-event";
import { createRoot } from "react-dom/client";
import { afterEach } from "vitest";
import { setTrail } from "../leads/lead-trail";
import { createQueryClient } from "../query-client";
import { createAppRouter } from "../router";
import { forgetRemedies, seekRemedy } from "../second-factor/remedy";
import { noteReachability } from "../shell/connection";
import { closeToast } from "../shell/toast-store";

// A busy machine may take its time to load a page's chunk for the first time.
configure({ asyncUtilTimeout: 8000 });

// This DOM does not know <search> yet, and React would warn about a misspelt tag.
Object.defineProperty(HTMLUnknownElement.prototype, Symbol.toStringTag, { value: "HTMLElement" });

// Nothing is laid out here, so the list goes by the window: one with room for all columns.
window.innerWidth = 2560;

let close: (() => void) | undefined;

/** Opens the dashboard at this address as a browser would: real session, cache and router over `fetch`. */
export function openApp(path: string) {
  history.replaceState(null, "", path);
  const place = document.createElement("div");
  document.body.append(place);
  const session = createBrowserSession();
  const presence = createPresence();
  const queryClient = createQueryClient();
  const client = createReactClient({ session, presence, seekRemedy });
  const router = createAppRouter({ session, client, queryClient });
  const root = createRoot(place);
  root.render(
    <IntakeProvider session={session} presence={presence} queryClient={queryClient} client={client}>
      <RouterProvider router={router} />
    </IntakeProvider>,
  );
  close = () => {
    root.unmount();
    session.close();
    queryClient.clear();
  };
  return { session, router, user: userEvent.setup() };
}

afterEach(() => {
  close?.();
  close = undefined;
  closeToast();
  forgetRemedies();
  setTrail(null);
  noteReachability(true);
  localStorage.clear();
  document.body.replaceChildren();
});
