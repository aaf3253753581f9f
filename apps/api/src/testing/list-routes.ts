import type { Express } from "express";

interface Layer {
  route?: { path: string | RegExp; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** `GET /api/leads/:leadId` for every route that an Express host has, routers within routers included; not what only watches (`all`, `use`). */
export function listRoutes(host: Express): string[] {
  return routesOf(stackOf(host)).sort();
}

function routesOf(stack: Layer[]): string[] {
  return stack.flatMap(({ route, handle }) => {
    if (!route) return routesOf(handle.stack ?? []);
    const methods = Object.keys(route.methods).filter((method) => method !== "_all");
    return methods.map((method) => `${method.toUpperCase()} ${route.path}`);
  });
}

/** Express shows its router's layers at run time; its types keep them vague. */
function stackOf(host: Express): Layer[] {
  return host.router.stack as unknown as Layer[];
}
