/** What the headers of one answer take, in bytes, measured on the product (Chromium's `encodedDataLength` less the body). */
const headerBytes = 950;

/**
 * How much script each route sends over the wire, in bytes, headers included.
 * @param {Record<string, string[]>} routes the files of each route, by its path
 * @param {{ limit: number; sizeOf: (file: string) => number }} options bytes
 */
export function weighRoutes(routes, { limit, sizeOf }) {
  return Object.entries(routes).map(([path, files]) => {
    const bytes = files.reduce((sum, file) => sum + sizeOf(file) + headerBytes, 0);
    return { path, files: files.length, bytes, isTooHeavy: bytes > limit };
  });
}
