import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { getDocument, type PDFDocumentProxy, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";
import { UnreadableError } from "./reading";

/** pdf.js brings its character maps, replacement fonts and decoders as files of its own. */
const library = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
const libraryFolder = (name: string) => join(library, name) + sep;

/** Opens a PDF, hands it over and closes it. Throws `UnreadableError`. */
export async function withPdf<Result>(
  bytes: Uint8Array,
  use: (pdf: PDFDocumentProxy) => Promise<Result>,
): Promise<Result> {
  const task = getDocument({
    // A copy, since pdf.js takes its buffer away.
    data: new Uint8Array(bytes),
    cMapUrl: libraryFolder("cmaps"),
    standardFontDataUrl: libraryFolder("standard_fonts"),
    wasmUrl: libraryFolder("wasm"),
    iccUrl: libraryFolder("iccs"),
    useWorkerFetch: false,
    disableFontFace: true,
    useSystemFonts: false,
    enableXfa: false,
    // A picture too large to hold ends the process and is said to be; left out, its page would look empty.
    maxImageSize: -1,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const pdf = await task.promise;
    if (pdf.numPages === 0) throw new UnreadableError("empty");
    return await use(pdf);
  } catch (error) {
    // pdf.js's errors cross an inner boundary as copies, so only their names can be asked.
    const isLocked = error instanceof Error && error.name === "PasswordException";
    throw isLocked ? new UnreadableError("password") : error;
  } finally {
    await task.destroy();
  }
}
