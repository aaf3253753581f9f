/** The HTML around a rendered page. No inline script, no inline style: the content security policy allows neither. */
import type { PageAssets } from "./assets";

interface DocumentParts {
  title: string;
  /** The page's body, already safe HTML. */
  content: string;
  assets: PageAssets;
  /** Given, the page is brought to life by the scripts, which find this in `#form-props`. */
  props?: unknown;
  /** Receipts belong to one person: keep them out of search engines and out of Referer headers. */
  isPrivate?: boolean;
}

/** A whole document, from `<!doctype html>` on. */
export function renderDocument({ title, content, assets, props, isPrivate }: DocumentParts): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeHtml(title)}</title>`,
    '<meta name="color-scheme" content="light dark">',
    '<meta name="theme-color" content="#f8f5f1" media="(prefers-color-scheme: light)">',
    '<meta name="theme-color" content="#131210" media="(prefers-color-scheme: dark)">',
    ...(isPrivate
      ? [
          '<meta name="robots" content="noindex, nofollow">',
          '<meta name="referrer" content="no-referrer">',
          '<meta name="format-detection" content="telephone=no">',
        ]
      : []),
    ...assets.preloads.map(
      (href) => `<link rel="preload" as="font" type="font/woff2" href="${escapeHtml(href)}" crossorigin>`,
    ),
    ...assets.styles.map((href) => `<link rel="stylesheet" href="${escapeHtml(href)}">`),
    ...(assets.icon ? [`<link rel="icon" type="image/svg+xml" href="${escapeHtml(assets.icon)}">`] : []),
    ...(props === undefined
      ? []
      : assets.scripts.map((src) => `<script type="module" src="${escapeHtml(src)}"></script>`)),
  ];
  const data =
    props === undefined
      ? ""
      : `<script type="application/json" id="form-props">${serializeForScript(props)}</script>`;
  return `<!doctype html>
<html lang="en">
<head>
${head.join("\n")}
</head>
<body>
<div id="root">${content}</div>
${data}
</body>
</html>
`;
}

/** JSON that cannot end its script element or start a comment, whatever was typed. */
function serializeForScript(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
