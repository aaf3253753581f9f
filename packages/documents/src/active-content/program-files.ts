const programEndings =
  /\.(?:exe|dll|scr|com|pif|cpl|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|msi|msp|lnk|url|jar|reg|chm|iso|img|vhdx?|docm|dotm|xlsm|xlam|xll|pptm|app|sh|command)$/i;
/** Windows, Linux, macOS (both byte orders and universal), scripts. */
const programStarts = [
  "4d5a",
  "7f454c46",
  "cffaedfe",
  "cefaedfe",
  "feedface",
  "feedfacf",
  "cafebabe",
  "2321",
].map((hex) => Buffer.from(hex, "hex"));

/** Whether a name promises something that runs when it is opened. */
export function isProgramName(name: string): boolean {
  return programEndings.test(name.replaceAll("\0", "").trim());
}

/** Whether the content starts as programs do. */
export function startsLikeProgram(content: Buffer): boolean {
  return programStarts.some((start) => content.subarray(0, start.length).equals(start));
}
