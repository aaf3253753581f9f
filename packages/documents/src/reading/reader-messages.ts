import type {
  ActiveContent,
  DocumentInput,
  DocumentText,
  DocumentView,
  PageImage,
  Reading,
} from "@intake/core/ports/document-reader";

/** What each question is answered with. */
export interface ReaderAnswers {
  text: DocumentText;
  view: DocumentView;
  page: PageImage;
  active: ActiveContent[];
}

export type ReaderQuestion = keyof ReaderAnswers;

/** `page` and `width` (pixels) belong to the question `page` only. */
export interface ReaderRequest extends DocumentInput {
  question: ReaderQuestion;
  page?: number;
  width?: number;
}

/** `ready` comes once after start. */
export type ReaderReply =
  | { kind: "ready" }
  | { kind: "reading"; reading: Reading<ReaderAnswers[ReaderQuestion]> };
