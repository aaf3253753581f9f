/** Entry of the reading processes: answers one question about one file at a time. */
import type { DocumentText, Examination, Reading } from "@intake/core/ports/document-reader";
import { closeNetwork } from "./close-network";
import type { ReaderAnswers, ReaderQuestion, ReaderReply, ReaderRequest } from "./reader-messages";
import { failed, read, UnreadableError } from "./reading";

/** Each library is loaded when the first file needs it: a process that shows a PDF is up in half the time. */
async function answer(request: ReaderRequest): Promise<ReaderAnswers[ReaderQuestion]> {
  const { bytes, format, page = 1, width = 0 } = request;
  switch (request.question) {
    case "examination":
      return examine(request);
    case "view":
      if (format === "PDF") return (await import("./render-pdf")).openPages(bytes);
      if (format === "DOCX") return (await import("./read-docx")).viewDocx(bytes);
      return (await import("./read-doc")).viewDoc(bytes);
    case "page":
      if (format !== "PDF") throw new UnreadableError("empty");
      return (await import("./render-pdf")).renderPage(bytes, { page, width });
  }
}

/** The check comes first and is told at once: whatever the text does to this process, it was made. */
async function examine(request: ReaderRequest): Promise<Examination> {
  const { findActiveContent } = await import("../active-content/find-active-content");
  const active = await findActiveContent(request.bytes, request.format);
  reply({ kind: "checked", active });
  return { active, text: await readSafely(() => readText(request)) };
}

async function readText({ bytes, format }: ReaderRequest): Promise<DocumentText> {
  if (format === "PDF") return (await import("./pdf-text")).readPdfText(bytes);
  if (format === "DOCX") return (await import("./read-docx")).readDocxText(bytes);
  return (await import("./read-doc")).readDocText(bytes);
}

async function readSafely<Content>(attempt: () => Promise<Content>): Promise<Reading<Content>> {
  try {
    return read(await attempt());
  } catch (error) {
    // What breaks a parser is a broken document; what breaks the process is answered by the pool.
    return failed(error instanceof UnreadableError ? error.failure : "broken");
  }
}

function reply(message: ReaderReply): void {
  process.send?.(message);
}

closeNetwork();
process.on("message", async (request: ReaderRequest) => {
  reply({ kind: "reading", reading: await readSafely(() => answer(request)) });
});
process.on("disconnect", () => process.exit());
reply({ kind: "ready" });
