import { root } from "./setup/project.mjs";
import { findViolations } from "./walls/find-violations.mjs";

const { violations, fileCount } = findViolations(root);

for (const { path, line, message } of violations) console.error(`${path}:${line}\n  ${message}\n`);

if (violations.length > 0) {
  console.error(`Imports on the wrong side of a wall: ${violations.length}, in ${fileCount} files.`);
  process.exitCode = 1;
} else {
  console.log(`All walls hold in ${fileCount} files.`);
}
