import { Prisma } from "@intake/db/database";
import type { ListCursor } from "./list-cursor";
import type { Lead, LeadSort, ListLeads } from "./schema";

interface SortKey {
  /** Of `leads l`; each sort has an index that ends with the id. */
  columns: Prisma.Sql[];
  casts: Prisma.Sql[];
  valuesOf(lead: Lead): string[];
}

const timestamp = Prisma.sql`::timestamptz`;
const plainText = Prisma.sql`::text`;
const status = Prisma.sql`::lead_status`;

export const sortKeys: Record<LeadSort, SortKey> = {
  createdAt: {
    columns: [Prisma.sql`l.created_at`],
    casts: [timestamp],
    valuesOf: (lead) => [lead.createdAt],
  },
  updatedAt: {
    columns: [Prisma.sql`l.updated_at`],
    casts: [timestamp],
    valuesOf: (lead) => [lead.updatedAt],
  },
  lastName: { columns: [Prisma.sql`l.last_name`], casts: [plainText], valuesOf: (lead) => [lead.lastName] },
  firstName: {
    columns: [Prisma.sql`l.first_name`],
    casts: [plainText],
    valuesOf: (lead) => [lead.firstName],
  },
  email: { columns: [Prisma.sql`l.email`], casts: [plainText], valuesOf: (lead) => [lead.email] },
  status: {
    columns: [Prisma.sql`l.status`, Prisma.sql`l.created_at`],
    casts: [status, timestamp],
    valuesOf: (lead) => [lead.status, lead.createdAt],
  },
  respondBy: {
    columns: [Prisma.sql`l.status`, Prisma.sql`coalesce(l.respond_by, l.created_at)`],
    casts: [status, timestamp],
    valuesOf: (lead) => [lead.status, lead.respondBy ?? lead.createdAt],
  },
};

/** The order of a list as SQL, with the id as tie-breaker, and where one of its pages starts. */
export function listOrder(
  { sort, order }: Pick<ListLeads, "sort" | "order">,
  cursor: Pick<ListCursor, "direction" | "key" | "id"> | null,
): { orderBy: Prisma.Sql; afterCursor: Prisma.Sql[] } {
  const { columns: keys, casts } = sortKeys[sort];
  const columns = [...keys, Prisma.sql`l.id`];
  const isDescending = (order === "desc") !== (cursor?.direction === "prev");
  const direction = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const orderBy = Prisma.sql`ORDER BY ${Prisma.join(columns.map((column) => Prisma.sql`${column} ${direction}`))}`;
  if (!cursor) return { orderBy, afterCursor: [] };
  const values = casts.map((cast, index) => Prisma.sql`${cursor.key[index]}${cast}`);
  const place = Prisma.join([...values, Prisma.sql`${cursor.id}::uuid`]);
  const comparison = isDescending ? Prisma.sql`<` : Prisma.sql`>`;
  return { orderBy, afterCursor: [Prisma.sql`(${Prisma.join(columns)}) ${comparison} (${place})`] };
}
