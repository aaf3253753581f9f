import type { ActiveContent } from "@intake/core/ports/document-reader";

/** Every sentence about content that acts by itself: what it is, then what it means for the reader. */
const sentences = {
  "pdf-javascript": ["blocked", "The PDF contains JavaScript, which runs when the file is opened."],
  "pdf-launch": ["blocked", "The PDF asks the reader to start a program or open another file."],
  "pdf-hidden-objects": ["blocked", "Parts of the PDF are packed in a way that hides them from this check."],
  "embedded-program": ["blocked", "A program is attached inside the document."],
  macros: ["blocked", "The document contains macros, which are programs."],
  activex: ["blocked", "The document contains an ActiveX control, which is a program."],
  dde: ["blocked", "A field in the document asks Word to start another program (DDE)."],
  "remote-template": ["blocked", "The document loads its template from another computer when it is opened."],
  "remote-object": ["blocked", "The document loads an object from another computer when it is opened."],
  unreadable: ["blocked", "The document is damaged so that its content could not be checked."],
  "pdf-encrypted": [
    "noted",
    "The PDF is encrypted without a password, so not all of its parts could be checked.",
  ],
  "pdf-open-action": [
    "noted",
    "The PDF does something by itself when it is opened, such as going to a page or address.",
  ],
  "pdf-form-action": ["noted", "The PDF can send what is typed into it to an address."],
  "pdf-xfa": ["noted", "The PDF holds an XFA form, which few readers show."],
  "pdf-media": ["noted", "The PDF contains sound, video or 3D content."],
  attachment: ["noted", "Another file is attached inside the document. Safe View does not show it."],
  "remote-picture": [
    "noted",
    "A picture is loaded from another computer: opening the original tells its sender.",
  ],
} as const satisfies Record<string, readonly [ActiveContent["severity"], string]>;

export type ActiveContentCode = keyof typeof sentences;

/** The reasons in full, each once, blocked ones first. */
export function describeActiveContent(codes: Iterable<ActiveContentCode>): ActiveContent[] {
  return [...new Set(codes)]
    .map((code) => {
      const [severity, sentence] = sentences[code];
      return { code, severity, sentence };
    })
    .toSorted((left, right) => left.severity.localeCompare(right.severity));
}
