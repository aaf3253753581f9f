/** The real files of `tests/fixtures/resumes`. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../../tests/fixtures/resumes/", import.meta.url);

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}

export function readFixture(name: string): Buffer {
  return readFileSync(fixturePath(name));
}
