import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../setup/project.mjs";

export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: the compiler and the models below are what judges it
  [key: string]: any;
}

const packages: Record<string, string> = {
  "postgresql.cnpg.io": "@kubernetes-models/cloudnative-pg",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

/** Module of the npm package that describes this kind of object. */
export function modelOf({ apiVersion, kind }: Manifest): string {
  const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "core";
  return `${packages[group] ?? "kubernetes-models"}/${apiVersion}/${kind}`;
}

/**
 * What TypeScript says of the objects as literals of their types. The models themselves let unknown keys pass, as a cluster does that
 * is asked leniently; the compiler does not.
 */
export function findTypeErrors(name: string, manifests: Manifest[]): string[] {
  const lines = manifests.flatMap((manifest, at) => [
    `import type { I${manifest.kind} as T${at} } from "${modelOf(manifest)}";`,
    `export const o${at}: T${at} = ${JSON.stringify(manifest, null, 1)};`,
  ]);
  const folder = join(cacheFolder, "kubernetes-types", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "objects.ts"), lines.join("\n"));
  const options = {
    module: "esnext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, files: ["objects.ts"] }),
  );
  try {
    execFileSync("tsc", ["-p", folder], { encoding: "utf8" });
    return [];
  } catch (error) {
    return String((error as { stdout?: string }).stdout)
      .trim()
      .split("\n");
  }
}
