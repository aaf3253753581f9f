const maxNameCharacters = 255;

/** A sender's file name made harmless once: NFC, no path, no control or bidi characters, at most 255 characters with its ending kept. */
export function cleanFileName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? "";
  const cleaned = base
    .toWellFormed()
    .normalize("NFC")
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu, "")
    .trim();
  if (cleaned === "" || /^\.+$/.test(cleaned)) return "resume";
  const characters = [...cleaned];
  if (characters.length <= maxNameCharacters) return cleaned;
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(cleaned)?.[0] ?? "";
  return characters.slice(0, maxNameCharacters - ending.length).join("") + ending;
}

/** `Content-Disposition` for a download under the sender's name (RFC 6266, RFC 8187). */
export function attachmentHeader(fileName: string): string {
  const fallback = fileName.replace(/[^\x20-\x7e]/g, "_").replace(/["\\%]/g, "_");
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}
