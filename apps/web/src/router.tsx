import type { IntakeClient } from "@intake/client/react";
import type { Session } from "@intake/client/session";
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  redirect,
  stringifySearchWith,
} from "@tanstack/react-router";
import { pickAuditAddress } from "./audit/audit-address";
import { pickHomeAddress } from "./home/home-address";
import { pickAddress, pickSearchTerm } from "./leads/leads-address";
import { foresee, readPlace } from "./leads/list-query";
import { NotFoundPage, UnreachablePage } from "./shell/whole-pages";

interface RouterContext {
  session: Session;
  client: IntakeClient;
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string; sso?: "refused" } => ({
    ...(typeof search.next === "string" && { next: search.next }),
    ...(search.sso === "refused" && { sso: search.sso }),
  }),
  component: lazyRouteComponent(() => import("./sign-in/sign-in-page"), "SignInPage"),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  component: lazyRouteComponent(() => import("./sign-in/setup-page"), "SetupPage"),
});

const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invitation",
  component: lazyRouteComponent(() => import("./sign-in/invitation-page"), "InvitationPage"),
});

const forgotRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/forgot",
  component: lazyRouteComponent(() => import("./sign-in/forgot-page"), "ForgotPage"),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reset",
  component: lazyRouteComponent(() => import("./sign-in/reset-page"), "ResetPage"),
});

/** Everything behind the sign-in. The server checks every call again; this only spares people an empty screen. */
const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "staff",
  beforeLoad: async ({ context, location }) => {
    const state = await context.session.ready();
    if (state.status !== "signed-in") throw redirect({ to: "/login", search: { next: location.publicHref } });
  },
  component: lazyRouteComponent(() => import("./shell/staff-shell"), "StaffShell"),
});

const homeRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/",
  validateSearch: pickHomeAddress,
  component: lazyRouteComponent(() => import("./home/home-page"), "HomePage"),
});

const leadsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/leads",
  validateSearch: pickAddress,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    const state = context.session.getState();
    const user = state.status === "signed-in" ? state.user : null;
    return foresee(context, readPlace(deps, user).place);
  },
  component: lazyRouteComponent(() => import("./leads/leads-page"), "LeadsPage"),
});

const leadRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/leads/$leadId",
  validateSearch: pickSearchTerm,
  component: lazyRouteComponent(() => import("./lead/lead-page"), "LeadPage"),
});

const auditRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/audit",
  validateSearch: pickAuditAddress,
  component: lazyRouteComponent(() => import("./audit/audit-page"), "AuditPage"),
});

const operationsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/operations",
  component: lazyRouteComponent(() => import("./operations/operations-page"), "OperationsPage"),
});

const runbookRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/operations/runbooks/$name",
  component: lazyRouteComponent(() => import("./operations/runbook-page"), "RunbookPage"),
});

const settingsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/settings-frame"), "SettingsFrame"),
});

const settingsHomeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile" });
  },
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/profile",
  component: lazyRouteComponent(() => import("./settings/profile-page"), "ProfilePage"),
});

const securityRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/security",
  component: lazyRouteComponent(() => import("./settings/security-page"), "SecurityPage"),
});

const officeRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/office",
  component: lazyRouteComponent(() => import("./settings/office-page"), "OfficePage"),
});

const peopleRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/people",
  component: lazyRouteComponent(() => import("./settings/people-page"), "PeoplePage"),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("./settings/api-keys-page"), "ApiKeysPage"),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  invitationRoute,
  forgotRoute,
  resetRoute,
  staffRoute.addChildren([
    homeRoute,
    leadsRoute,
    leadRoute,
    auditRoute,
    operationsRoute,
    runbookRoute,
    settingsRoute.addChildren([
      settingsHomeRoute,
      profileRoute,
      securityRoute,
      officeRoute,
      peopleRoute,
      apiKeysRoute,
    ]),
  ]),
]);

/** The dashboard's routes. Search parameters stay plain text: `?q=123` is a search for "123", not a number. */
export function createAppRouter(context: RouterContext) {
  return createRouter({
    routeTree,
    basepath: "/app",
    context,
    parseSearch: parseSearchWith((value) => value),
    stringifySearch: stringifySearchWith(String),
    scrollRestoration: true,
    defaultPreload: false,
    defaultPendingMs: 150,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: UnreachablePage,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
