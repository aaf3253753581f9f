import { readFileSync } from "node:fs";

type Environment = Record<string, string | undefined>;

/**
 * The environment with every `NAME_FILE` replaced by `NAME`, its value the content of that file, as secrets of containers are handed
 * over. Problems name the file, never what is in it.
 */
export function readSecretFiles(
  environment: Environment,
  names: string[],
): { environment: Environment; problems: string[] } {
  const problems: string[] = [];
  const resolved = { ...environment };
  for (const name of names) {
    const path = environment[`${name}_FILE`];
    if (!path) continue;
    if (environment[name]) problems.push(`${name} and ${name}_FILE exclude each other`);
    else {
      try {
        resolved[name] = readFileSync(path, "utf8").trim();
      } catch (error) {
        const reason = error instanceof Error && "code" in error ? error.code : error;
        problems.push(`${name}_FILE cannot be read: ${path} (${reason})`);
      }
    }
  }
  return { environment: resolved, problems };
}
