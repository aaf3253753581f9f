/** Kept views of the list and how each person lays it out. Browser-safe. */
import { z } from "zod";
import { text } from "../text";

/** Columns of the list, in the order everybody starts with; the name is always there and always first. */
export const listColumns = [
  "lastName",
  "status",
  "respondBy",
  "resume",
  "timeZone",
  "assignee",
  "createdAt",
  "source",
  "updatedAt",
  "reference",
] as const;
export const listColumnSchema = z.enum(listColumns);
export type ListColumn = z.infer<typeof listColumnSchema>;

/** In CSS pixels. */
export const columnWidthLimits = { min: 72, max: 640 } as const;

/** How a person has laid out their list. */
export const listLayoutSchema = z.strictObject({
  /** Columns after the name, from left to right; those left out are hidden. */
  columns: z
    .array(listColumnSchema.exclude(["lastName"]))
    .max(listColumns.length)
    .refine((columns) => new Set(columns).size === columns.length, "Name each column once."),
  /** CSS pixels of columns that were resized. */
  widths: z.partialRecord(listColumnSchema, z.int().min(columnWidthLimits.min).max(columnWidthLimits.max)),
  density: z.enum(["comfortable", "compact"]),
});
export type ListLayout = z.infer<typeof listLayoutSchema>;

/** What everybody starts with. */
export const startingLayout: ListLayout = {
  columns: ["status", "respondBy", "resume", "timeZone", "assignee", "createdAt"],
  widths: {},
  density: "comfortable",
};

/** Views that everybody has. */
export const givenViewKeys = ["new", "mine", "unassigned", "waiting", "late", "reached-this-week"] as const;
export const givenViewKeySchema = z.enum(givenViewKeys);
export type GivenViewKey = z.infer<typeof givenViewKeySchema>;

export const viewNameSchema = text({
  max: 60,
  required: "Give the view a name.",
  tooLong: "Shorten the name to at most 60 characters.",
});

/** The search part of the list's address, without its question mark. */
const viewAddressSchema = z.string().max(2000, "This view has more filters than can be kept.");

export const listViewSchema = z.object({
  /** A UUID, or the key of a view that everybody has. */
  id: z.union([z.uuid(), givenViewKeySchema]),
  name: z.string(),
  address: z.string(),
  /** Everybody of the office sees it. */
  isShared: z.boolean(),
  /** Stands in the rail of the caller. */
  isPinned: z.boolean(),
  /** The caller may rename and share it. */
  isYours: z.boolean(),
  mayDelete: z.boolean(),
  /** Whose it is; null for views that everybody has. */
  owner: z.string().nullable(),
  /** How many leads it shows, counted as a search is; null for views that are not in the rail. */
  count: z.int().nullable(),
  countIsExact: z.boolean(),
});
export type ListView = z.infer<typeof listViewSchema>;

export const saveViewSchema = z.strictObject({
  name: viewNameSchema,
  address: viewAddressSchema,
  isShared: z.boolean().default(false),
});
export type SaveView = z.output<typeof saveViewSchema>;

const viewIdSchema = z.uuid("This is not the id of a view.");

export const changeViewSchema = z.strictObject({
  viewId: viewIdSchema,
  name: viewNameSchema.optional(),
  address: viewAddressSchema.optional(),
  isShared: z.boolean().optional(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;

export const deleteViewSchema = z.strictObject({ viewId: viewIdSchema });

export const pinViewSchema = z.strictObject({ viewId: viewIdSchema, isPinned: z.boolean() });
export type PinView = z.infer<typeof pinViewSchema>;

export const listHabitsSchema = z.object({
  layout: listLayoutSchema,
  /** The newest lead they had seen when they last left the list. */
  lookedAt: z.iso.datetime().nullable(),
});
export type ListHabits = z.infer<typeof listHabitsSchema>;

/** Up to which lead a person has seen the list. */
export const lookedSchema = z.strictObject({ at: z.iso.datetime() });

/** Most views of one person, and most of them in the rail: each of those is counted. */
export const viewLimits = { kept: 50, pinned: 12 } as const;
