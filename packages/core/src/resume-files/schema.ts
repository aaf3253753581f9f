/** What staff do with a lead's files: list, see, fetch, add. Browser-safe; apart from `resumes/schema`, which the public form carries. */
import { z } from "zod";
import { leadIdSchema } from "../leads/schema";
import { resumeSummarySchema } from "../resumes/schema";

/** One file of a lead as its list of versions shows it; every version is kept. */
export const resumeVersionSchema = resumeSummarySchema.extend({
  createdAt: z.iso.datetime(),
  /** Who of the staff added it; null for the prospect. */
  addedBy: z.string().nullable(),
  isNewest: z.boolean(),
  /** The newest earlier file of this lead with the same content. */
  sameAs: z.object({ createdAt: z.iso.datetime() }).nullable(),
});
export type ResumeVersion = z.infer<typeof resumeVersionSchema>;

/** What adding a file answers: the version it became, or the one it is already. */
export const addedResumeSchema = z.object({
  version: resumeVersionSchema,
  /** False when the newest file has the same content: nothing was stored. */
  isNew: z.boolean(),
});
export type AddedResume = z.infer<typeof addedResumeSchema>;

/** Why there is nothing to see. The first three come of the check, `missing` of the storage, the rest of reading the file. */
export const unviewableReasons = [
  "checking",
  "infected",
  "unscannable",
  "missing",
  "password",
  "broken",
  "empty",
  "timeout",
  "too-large",
] as const;
export type UnviewableReason = (typeof unviewableReasons)[number];

const pageSizeSchema = z.object({ width: z.number(), height: z.number() });

/** What Safe View shows of one file, and whether its original may be downloaded. */
export const resumeViewSchema = z.object({
  resumeId: z.uuid(),
  view: z.discriminatedUnion("kind", [
    /** Page by page, as pictures (`resumes.page`); sizes in points, 1/72 inch. */
    z.object({ kind: z.literal("pages"), pageCount: z.int(), pages: z.array(pageSizeSchema) }),
    /** Inert HTML without addresses of any kind, for a sandboxed frame. */
    z.object({ kind: z.literal("html"), html: z.string() }),
    z.object({ kind: z.literal("none"), reason: z.enum(unviewableReasons), sentence: z.string() }),
  ]),
  /** False for a scan, which has no text to search; null while nobody has looked. */
  hasText: z.boolean().nullable(),
  /** `confirm`: no scanner has looked at it, and whoever downloads it says that they know (`confirmsUnchecked`). */
  original: z.object({ state: z.enum(["ready", "confirm", "locked"]), sentence: z.string() }),
});
export type ResumeView = z.infer<typeof resumeViewSchema>;

/** A page as a picture with its text over it; lengths of the runs are fractions of the page. */
export const resumePageSchema = z.object({
  mediaType: z.literal("image/webp"),
  base64: z.string(),
  /** In pixels; the width may be less than asked for, since the area is bounded. */
  width: z.int(),
  height: z.int(),
  text: z.array(
    z.object({
      text: z.string(),
      left: z.number(),
      top: z.number(),
      width: z.number(),
      height: z.number(),
      /** Degrees clockwise about the left top corner. */
      rotation: z.number(),
      direction: z.enum(["ltr", "rtl"]),
      /** Of the kind of letters in the picture, so that a marked word lies where it is seen. */
      font: z.enum(["serif", "sans-serif", "monospace"]),
    }),
  ),
});
export type ResumePage = z.infer<typeof resumePageSchema>;

const resumeIdSchema = z.uuid("This is not the id of a resume.");

/** One file of a lead; the newest when `resumeId` is left out. */
export const resumePlaceSchema = z.strictObject({
  leadId: leadIdSchema,
  resumeId: resumeIdSchema.optional(),
});
export type ResumePlace = z.infer<typeof resumePlaceSchema>;

export const readPageSchema = resumePlaceSchema.extend({
  resumeId: resumeIdSchema,
  /** Counts from 1. */
  page: z.int().min(1).max(10_000),
  /** In pixels; small for a thumbnail. */
  width: z.int().min(40).max(4000),
});
export type ReadPage = z.infer<typeof readPageSchema>;

export const createLinkSchema = resumePlaceSchema.extend({
  /** The person knows that no scanner has looked at the file, and wants it anyway. */
  confirmsUnchecked: z.boolean().optional(),
});
export type CreateLink = z.infer<typeof createLinkSchema>;

export const resumeLinkSchema = z.object({
  /** From the root of the product; good once the browser goes there, in this session, until `expiresAt`. */
  url: z.string(),
  expiresAt: z.iso.datetime(),
});
export type ResumeLink = z.infer<typeof resumeLinkSchema>;
