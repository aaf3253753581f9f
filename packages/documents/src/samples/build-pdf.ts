/** The smallest PDF readers open, with its trailer's entries and what stands around it replaceable. */

export interface PdfSample {
  before?: string;
  version?: string;
  trailerEntries?: string;
  objects?: string;
  afterTrailer?: string;
  /** Added to the offset `startxref` states, which counts from the header. */
  shift?: number;
  end?: string;
}

export function buildPdf(sample: PdfSample = {}): Buffer {
  const body =
    `${sample.version ?? "%PDF-1.4"}\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n` +
    "2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n" +
    `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>\nendobj\n${sample.objects ?? ""}`;
  const trailer =
    "xref\n0 1\n0000000000 65535 f \n" +
    `trailer\n<< /Size 4 /Root 1 0 R ${sample.trailerEntries ?? ""} >>\n${sample.afterTrailer ?? ""}` +
    `startxref\n${body.length + (sample.shift ?? 0)}\n`;
  return Buffer.from((sample.before ?? "") + body + trailer + (sample.end ?? "%%EOF\n"), "latin1");
}
