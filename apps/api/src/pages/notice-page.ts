import { createHash } from "node:crypto";
import type { Response } from "express";

interface Notice {
  title: string;
  sentence: string;
  wayOn: { label: string; address: string };
}

// The colours of packages/ui/src/tokens.css: paper, text and the one accent.
const style = `:root{color-scheme:light dark;background:light-dark(oklch(.972 .006 85),oklch(.185 .006 75));color:light-dark(#221f1b,#ece8e2)}
body{margin:15vh auto;max-width:32rem;padding:0 1.5rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.25rem;line-height:1.75rem}
a{color:light-dark(oklch(.42 .075 228),oklch(.79 .075 220))}`;
const styleHash = createHash("sha256").update(style).digest("base64");

/** A few calm words for a person whose browser went to an address that gives a file, and gets none. The status is the caller's. */
export function sendNotice(response: Response, { title, sentence, wayOn }: Notice): void {
  response
    .set({
      "Cache-Control": "no-store",
      "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
    })
    .type("html")
    .send(`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(sentence)}</p>
<p><a href="${escapeHtml(wayOn.address)}">${escapeHtml(wayOn.label)}</a></p></main></body></html>`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
