/** Entry of the reading processes: answers one question about one file at a time. */
import type { Reading } from "@intake/core/ports/document-reader";
import { closeNetwork } from "./close-network";
import type { ReaderAnswers, ReaderQuestion, ReaderReply, ReaderRequest } from "./reader-messages";
import { failed, read, UnreadableError } from "./reading";

/** Each library is loaded when the first file needs it: a process that shows a PDF is up in half the time. */
async function answer(request: ReaderRequest): Promise<ReaderAnswers[ReaderQuestion]> {
  const { bytes, format, page = 1, width = 0 } = request;
  switch (request.question) {
    case "active": {
      const { findActiveContent } = await import("../active-content/find-active-content");
      return findActiveContent(bytes, format);
    }
    case "text":
      if (format === "PDF") return (await import("./pdf-text")).readPdfText(bytes);
      if (format === "DOCX") return (await import("./read-docx")).readDocxText(bytes);
      return (await import("./read-doc")).readDocText(bytes);
    case "view":
      if (format === "PDF") return (await import("./render-pdf")).openPages(bytes);
      if (format === "DOCX") return (await import("./read-docx")).viewDocx(bytes);
      return (await import("./read-doc")).viewDoc(bytes);
    case "page":
      if (format !== "PDF") throw new UnreadableError("empty");
      return (await import("./render-pdf")).renderPage(bytes, { page, width });
  }
}

async function readSafely(request: ReaderRequest): Promise<Reading<ReaderAnswers[ReaderQuestion]>> {
  try {
    return read(await answer(request));
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
  reply({ kind: "reading", reading: await readSafely(request) });
});
process.on("disconnect", () => process.exit());
reply({ kind: "ready" });
