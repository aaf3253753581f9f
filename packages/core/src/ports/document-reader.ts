import type { ResumeFormat } from "../resumes/schema";

/** Why a document cannot be shown or read; `too-large` also stands for one that needs more memory than it may have. */
export const readingFailures = ["password", "broken", "empty", "timeout", "too-large"] as const;
export type ReadingFailure = (typeof readingFailures)[number];

export type Reading<Content> = { ok: true; content: Content } | { ok: false; failure: ReadingFailure };

/** The whole file in memory: resumes are small (PRD 2.1), and so no plain copy of one ever lies on a disk. */
export interface DocumentInput {
  bytes: Uint8Array;
  format: ResumeFormat;
}

/** What a search may look in. `hasText` is false for a scan; `isCut` says that the limits of the driver were reached. */
export interface DocumentText {
  /** Unicode NFC, logical order, ligatures as letters, lines ended by `\n`, pages by a blank line. */
  text: string;
  hasText: boolean;
  isCut: boolean;
  /** Null where the format knows no pages until it is laid out. */
  pageCount: number | null;
}

/** In points, 1/72 inch, as the page is seen, its own rotation applied. */
export interface PageSize {
  width: number;
  height: number;
}

/** PDF as pages to be rendered one by one; DOCX and DOC as inert HTML without addresses of any kind. */
export type DocumentView =
  | { kind: "pages"; pageCount: number; pages: PageSize[] }
  | { kind: "html"; html: string };

/** A run of text over its place in the picture, for search and selection; lengths are fractions of the page. */
export interface PageTextRun {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
  /** Degrees clockwise about the left top corner. */
  rotation: number;
  direction: "ltr" | "rtl";
  /** The kind of letters the page is set in; what a browser has of the same kind runs about as wide. */
  font: "serif" | "sans-serif" | "monospace";
}

export interface PageImage {
  mediaType: "image/webp";
  bytes: Uint8Array;
  /** In pixels; the width may be less than asked for, since the area is bounded. */
  width: number;
  height: number;
  text: PageTextRun[];
}

/** Something in a file that would act by itself. `blocked` keeps it from being downloaded, `noted` is only said. */
export interface ActiveContent {
  code: string;
  severity: "blocked" | "noted";
  /** For staff: what it is and what it means. */
  sentence: string;
}

/** What a file would do by itself and what it says. The text fails on its own: then the file was checked, but cannot be read. */
export interface Examination {
  /** Our own verdict, with or without a virus scanner; an empty list is clean. */
  active: ActiveContent[];
  text: Reading<DocumentText>;
}

/**
 * Reads strangers' documents outside of this process, within a time and memory limit: whatever a file does there is an
 * answer, never a fault. Throws `SERVICE_UNAVAILABLE` only when too many files wait.
 */
export interface DocumentReader {
  /** `ok` once the file was checked, even if reading its text failed afterwards or ended the process. */
  examine(input: DocumentInput): Promise<Reading<Examination>>;
  openView(input: DocumentInput): Promise<Reading<DocumentView>>;
  /** `page` counts from 1, `width` is in pixels: small for a thumbnail. PDF only; a page that is not there is `empty`. */
  renderPage(input: DocumentInput & { page: number; width: number }): Promise<Reading<PageImage>>;
  close(): Promise<void>;
}
