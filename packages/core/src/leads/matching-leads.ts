import { Prisma } from "@intake/db/database";
import type { StaffContext } from "../context";
import { leadTablesOf } from "./lead-row";
import { readQuestion, where } from "./list-question";
import { listOrder } from "./list-sort";
import type { ListLeads } from "./schema";

/** All leads of a list, or those of these ids, as SQL for a larger statement. */
export interface MatchingLeads {
  /** `leads l` that match, with `resumes r` and the assignee `users a`; each lead once. */
  tables: Prisma.Sql;
  /** The order of the list; by arrival, newest first, for ids. */
  orderBy: Prisma.Sql;
}

/**
 * Every lead that a list shows over all of its pages, found as the list finds them. Throws FORBIDDEN for a search in resumes by who may
 * not read them.
 */
export async function matchingLeads(
  ctx: Pick<StaffContext, "db" | "actor" | "now">,
  asked: { query: ListLeads } | { ids: string[] },
): Promise<MatchingLeads> {
  if ("ids" in asked) {
    return {
      tables: leadTablesOf(Prisma.sql`(SELECT l.* FROM leads l WHERE l.id = ANY(${asked.ids}::uuid[]))`),
      orderBy: listOrder({ sort: "createdAt", order: "desc" }, null).orderBy,
    };
  }
  const { tables, conditions } = await readQuestion(ctx, asked.query);
  return {
    tables: leadTablesOf(Prisma.sql`(SELECT l.* FROM ${tables} ${where(conditions)})`),
    orderBy: listOrder(asked.query, null).orderBy,
  };
}
