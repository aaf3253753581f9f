import type { DocumentReader, Examination, Reading } from "../ports/document-reader";

/** A reader on a leash: what a file says is its own bytes, unless the test sets another answer or a fault. */
export function createFakeReader() {
  const read: string[] = [];
  const set: { examination: Reading<Examination> | null; fault: Error | null } = {
    examination: null,
    fault: null,
  };
  const reader: DocumentReader = {
    async examine({ bytes }) {
      if (set.fault) throw set.fault;
      const text = Buffer.from(bytes).toString();
      read.push(text);
      const content = { text, hasText: true, isCut: false, pageCount: 1 };
      return set.examination ?? { ok: true, content: { active: [], text: { ok: true, content } } };
    },
    openView: async ({ bytes }) => ({
      ok: true,
      content: { kind: "html", html: `<p>${Buffer.from(bytes).toString()}</p>` },
    }),
    renderPage: async () => ({ ok: false, failure: "empty" }),
    close: async () => undefined,
  };
  return { ...reader, read, set };
}
