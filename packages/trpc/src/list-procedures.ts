import type { AnyProcedure } from "@trpc/server";
import type { OpenApiMeta } from "trpc-to-openapi";
import type { Access } from "./procedures";
import { appRouter } from "./router";

export interface ListedProcedure {
  /** `leads.list` */
  path: string;
  type: "query" | "mutation" | "subscription";
  /** Undefined would be a procedure outside the builders; a test fails on it. */
  access: Access | undefined;
  openapi: OpenApiMeta["openapi"];
}

/** Every procedure of the router, for the REST door and the role matrix test. */
export function listProcedures(): ListedProcedure[] {
  return Object.entries(flatProcedures()).map(([path, procedure]) => ({
    path,
    type: procedure._def.type,
    access: procedure._def.meta?.access,
    openapi: procedure._def.meta?.openapi,
  }));
}

interface MetaHolder {
  _def: { type: ListedProcedure["type"]; meta?: OpenApiMeta & { access?: Access } };
}

/** tRPC keeps one flat record, path to procedure, at run time; its type shows the nested routers. */
function flatProcedures(): Record<string, AnyProcedure & MetaHolder> {
  return appRouter._def.procedures as unknown as Record<string, AnyProcedure & MetaHolder>;
}
