// @vitest-environment happy-dom
import { createBrowserSession } from "@intake/client/browser-session";
import { createReactClient } from "@intake/client/react";
import { expect, test } from "vitest";
import { routeModules } from "../route-modules";
import { createQueryClient } from "./query-client";
import { createAppRouter } from "./router";

test("the build knows the scripts of every address that shows something of its own", () => {
  const session = createBrowserSession();
  const client = createReactClient({ session });
  const router = createAppRouter({ session, client, queryClient: createQueryClient() });
  const pages = Object.entries(router.routesByPath).filter(([, { children }]) => !children);
  // The first of the settings leads on to the profile.
  const paths = pages.map(([path]) => path).filter((path) => path !== "/settings");
  expect(Object.keys(routeModules).sort()).toEqual(paths.sort());
  session.close();
});
