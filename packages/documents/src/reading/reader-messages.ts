import type {
  ActiveContent,
  DocumentInput,
  DocumentView,
  Examination,
  PageImage,
  Reading,
} from "@intake/core/ports/document-reader";

/** What each question is answered with. */
export interface ReaderAnswers {
  examination: Examination;
  view: DocumentView;
  page: PageImage;
}

export type ReaderQuestion = keyof ReaderAnswers;

/** `page` and `width` (pixels) belong to the question `page` only. */
export interface ReaderRequest extends DocumentInput {
  question: ReaderQuestion;
  page?: number;
  width?: number;
}

/** `ready` comes once after start, `checked` before the text of an examination is read. */
export type ReaderReply =
  | { kind: "ready" }
  | { kind: "checked"; active: ActiveContent[] }
  | { kind: "reading"; reading: Reading<ReaderAnswers[ReaderQuestion]> };
