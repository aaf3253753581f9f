import { z } from "zod";
import { AppError } from "../errors";
import { type LeadSort, type ListLeads, leadSortFields, leadStatusSchema, sortOrderSchema } from "./schema";

/** Where a page starts: the key of the row beside it. Opaque to callers; everything in it is checked again. */
const cursorSchema = z.strictObject({
  sort: z.enum(leadSortFields),
  order: sortOrderSchema,
  /** Whether the page lies after (`next`) or before (`prev`) the key. */
  direction: z.enum(["next", "prev"]),
  key: z.array(z.string().max(400)).min(1).max(2),
  id: z.uuid(),
});
export type ListCursor = z.infer<typeof cursorSchema>;

const keyShapes: Record<LeadSort, z.ZodType> = {
  createdAt: z.tuple([z.iso.datetime()]),
  updatedAt: z.tuple([z.iso.datetime()]),
  lastName: z.tuple([z.string()]),
  firstName: z.tuple([z.string()]),
  email: z.tuple([z.string()]),
  status: z.tuple([leadStatusSchema, z.iso.datetime()]),
  respondBy: z.tuple([leadStatusSchema, z.iso.datetime()]),
};

export function encodeCursor(cursor: ListCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** Throws BAD_REQUEST for an edited cursor, or one of another sort. */
export function decodeCursor(text: string, list: Pick<ListLeads, "sort" | "order">): ListCursor {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(text, "base64url").toString("utf8")));
  const fits =
    parsed.success &&
    parsed.data.sort === list.sort &&
    parsed.data.order === list.order &&
    keyShapes[parsed.data.sort].safeParse(parsed.data.key).success;
  if (!fits) {
    throw new AppError("BAD_REQUEST", "This page no longer fits the list. Start again from the first page.", {
      errors: [{ path: "cursor", message: "Use nextCursor or prevCursor of an answer with the same sort." }],
    });
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
