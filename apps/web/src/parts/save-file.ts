import type { ResumeFile } from "@intake/client/resume";

/** Hands a fetched file to the browser. */
export function saveFile({ blob, fileName }: ResumeFile): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken the address by the next task.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
