/** Reads the two small XML files that say what an Office package is (ECMA-376 part 2), without a DTD and without entities. */

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const doctype = "<!DOCTYPE";
const doctypeEncodings = [
  Buffer.from(doctype, "utf8"),
  Buffer.from(doctype, "utf16le"),
  Buffer.from(doctype, "utf16le").swap16(),
];

/** Whether a DTD is declared, in any encoding a package may use; no part may have one. */
export function declaresDoctype(xml: Buffer): boolean {
  return doctypeEncodings.some((encoded) => xml.includes(encoded));
}

/** The attributes of every element with this local name, whatever its prefix. */
export function readElements(xml: Buffer, localName: string): Map<string, string>[] {
  const text = withoutComments(decode(xml));
  // `[^<>]` ends at the next tag, so unclosed tags cannot make the search quadratic.
  const element = new RegExp(`<(?:[\\w.-]{1,64}:)?${localName}(?![\\w.-])([^<>]{0,8192})>`, "g");
  return Array.from(text.matchAll(element), (match) => readAttributes(match[1] ?? ""));
}

function readAttributes(text: string): Map<string, string> {
  const attribute = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  return new Map(
    Array.from(text.matchAll(attribute), (match) => [
      match[1] ?? "",
      decodeEntities(match[2] ?? match[3] ?? ""),
    ]),
  );
}

function decodeEntities(value: string): string {
  return value.replace(
    /&(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});/g,
    (whole: string, entity: string) => {
      if (!entity.startsWith("#")) return entities[entity] ?? whole;
      const code = Number(entity.startsWith("#x") ? `0${entity.slice(1)}` : entity.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function withoutComments(text: string): string {
  let kept = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("<!--", from);
    if (start < 0) return kept + text.slice(from);
    kept += text.slice(from, start);
    const end = text.indexOf("-->", start + 4);
    if (end < 0) return kept;
    from = end + 3;
  }
}

function decode(xml: Buffer): string {
  if (xml[0] === 0xff && xml[1] === 0xfe) return new TextDecoder("utf-16le").decode(xml);
  if (xml[0] === 0xfe && xml[1] === 0xff) return new TextDecoder("utf-16be").decode(xml);
  return new TextDecoder("utf-8").decode(xml);
}
