/** What a page of ours tells of its own errors: where in the code, nothing of what was on the screen. */
import { z } from "zod";

const frameSchema = z.strictObject({
  /** Path of one of our own files; built ones carry a hash of their content. */
  file: z.string().regex(/^[\w./@-]{1,160}$/),
  called: z
    .string()
    .regex(/^[\w$.<>[\] ]{1,80}$/)
    .optional(),
  line: z.int().min(0).max(10_000_000),
  column: z.int().min(0).max(10_000_000),
});

export const maxFrames = 20;
/** Of one loaded page: one that fails in a circle says it five times, not for ever. */
export const maxReports = 5;

/** Strict and without a message, since messages hold what people have typed and read. */
export const browserErrorSchema = z.strictObject({
  app: z.enum(["dashboard", "form"]),
  /** Nobody caught it, a promise nobody waited for, or a part of the page that had to be taken down. */
  kind: z.enum(["uncaught", "rejected", "screen"]),
  /** Name of the error's class. */
  type: z.string().regex(/^[A-Za-z]\w{0,60}$/),
  /** A code of the error, if it has one: React's number, a name of ours. */
  code: z
    .string()
    .regex(/^[A-Z0-9_]{3,40}$/)
    .optional(),
  /** Pattern of the route, never the address: `/leads/$leadId`. */
  route: z.string().regex(/^\/[\w/$-]{0,80}$/),
  /** The last call the page made, for its lines in the log. */
  lastRequestId: z.uuid().optional(),
  /** The newest call first. */
  frames: z.array(frameSchema).min(1).max(maxFrames),
});
export type BrowserError = z.infer<typeof browserErrorSchema>;
