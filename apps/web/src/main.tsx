import { createBrowserSession } from "@intake/client/browser-session";
import { IntakeProvider } from "@intake/client/react";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { setTrail } from "./leads/lead-trail";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";
import { closeToast } from "./shell/toast-store";
import "./styles.css";

const session = createBrowserSession();
const queryClient = createQueryClient();
const router = createAppRouter(session);

// Signed out here or in another tab: the guard sends this tab to the sign-in page, deep link kept.
session.subscribe(() => {
  if (session.getState().status !== "signed-out") return;
  setTrail(null);
  closeToast();
  void router.invalidate();
});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <IntakeProvider session={session} queryClient={queryClient}>
        <RouterProvider router={router} />
      </IntakeProvider>
    </StrictMode>,
  );
}
