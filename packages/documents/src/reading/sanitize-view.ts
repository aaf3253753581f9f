import sanitizeHtml from "sanitize-html";

const blockTags = ["h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "blockquote"];
const otherTags = [
  "br",
  "strong",
  "em",
  "b",
  "i",
  "u",
  "s",
  "sup",
  "sub",
  "ul",
  "ol",
  "table",
  "thead",
  "tbody",
  "tr",
];
/** Base64 of one picture, about 1.5 MB of it. */
const maxPictureLength = 2_000_000;
const readableAddress = /^(?:https?|mailto|tel):/i;
const noAttributes: Record<string, string> = {};
const picture = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]+$/;

/**
 * HTML that can only be looked at: a short list of tags, no addresses and no styles. Links become their words with
 * the address as a title, pictures stay only when they are PNG or JPEG inside the document.
 */
export function sanitizeView(html: string): string {
  return sanitizeHtml(html, {
    allowedTags: [...blockTags, ...otherTags, "span", "img"],
    allowedAttributes: {
      ...Object.fromEntries(blockTags.map((tag) => [tag, ["dir"]])),
      td: ["dir", "colspan", "rowspan"],
      th: ["dir", "colspan", "rowspan"],
      span: ["title"],
      img: ["src", "alt"],
    },
    allowedSchemes: [],
    allowedSchemesByTag: { img: ["data"] },
    allowProtocolRelative: false,
    disallowedTagsMode: "discard",
    nestingLimit: 60,
    transformTags: {
      // Each paragraph finds its own direction: Word's is not in the HTML.
      ...Object.fromEntries(
        blockTags.map((tag) => [
          tag,
          (name: string, attribs: Record<string, string>) => ({
            tagName: name,
            attribs: { ...attribs, dir: "auto" },
          }),
        ]),
      ),
      a: (_, { href = "" }) => ({
        tagName: "span",
        attribs: readableAddress.test(href) ? { title: href } : noAttributes,
      }),
      span: () => ({ tagName: "span", attribs: noAttributes }),
    },
    exclusiveFilter: ({ tag, attribs }) => tag === "img" && !isOwnPicture(attribs.src ?? ""),
  });
}

function isOwnPicture(source: string): boolean {
  return source.length <= maxPictureLength && picture.test(source);
}
