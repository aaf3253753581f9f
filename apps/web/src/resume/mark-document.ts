import { findHits, makeSearchable } from "./page-text";

const blocks = new Set(["P", "LI", "TD", "TH", "TR", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "BR"]);

interface Piece {
  node: Text;
  start: number;
}

/** Takes away the marks of an earlier search. */
export function unmarkDocument(body: HTMLElement): void {
  for (const mark of body.querySelectorAll("mark")) mark.replaceWith(...mark.childNodes);
  body.normalize();
}

/**
 * Marks a term in a document, also where it runs over from bold to plain. One list of marks for each hit, in reading order.
 */
export function markDocument(body: HTMLElement, term: string): HTMLElement[][] {
  unmarkDocument(body);
  const { pieces, text } = collectText(body);
  const hits = findHits([makeSearchable(text)], term);
  const marks: HTMLElement[][] = hits.map(() => []);
  for (const { node, start } of pieces) {
    const end = start + node.data.length;
    // From the back, so that the front of the node keeps its counting.
    for (let index = hits.length - 1; index >= 0; index -= 1) {
      const hit = hits[index];
      if (!hit || hit.to <= start || hit.from >= end) continue;
      const mark = markPart(node, Math.max(0, hit.from - start), Math.min(hit.to, end) - start);
      marks[index]?.push(mark);
    }
  }
  return marks;
}

/** The text nodes in order, and the whole text with a line break where a block begins or ends. */
function collectText(body: HTMLElement): { pieces: Piece[]; text: string } {
  const pieces: Piece[] = [];
  let text = "";

  function walk(parent: Node): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) {
        const node = child as Text;
        pieces.push({ node, start: text.length });
        text += node.data;
      } else {
        const isBlock = blocks.has(child.nodeName);
        if (isBlock) text += "\n";
        walk(child);
        if (isBlock) text += "\n";
      }
    }
  }

  walk(body);
  return { pieces, text };
}

function markPart(node: Text, from: number, to: number): HTMLElement {
  const rest = node.splitText(from);
  rest.splitText(to - from);
  const mark = node.ownerDocument.createElement("mark");
  rest.replaceWith(mark);
  mark.append(rest);
  return mark;
}
