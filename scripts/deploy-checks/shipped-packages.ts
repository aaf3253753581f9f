import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { runTool } from "../setup/tools.mjs";

const bomSchema = z.object({
  bomFormat: z.literal("CycloneDX"),
  specVersion: z.string(),
  components: z.array(
    z.object({
      name: z.string(),
      group: z.string().optional(),
      version: z.string(),
      purl: z.string(),
      licenses: z
        .array(
          z.object({
            expression: z.string().optional(),
            license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
          }),
        )
        .optional(),
    }),
  ),
});
export type Bom = z.output<typeof bomSchema>;

export interface ShippedPackage {
  name: string;
  version: string;
  /** SPDX expression; empty when the package names none. */
  licence: string;
}

/** What may be in something that is sold: nobody has to publish what it is built into. */
const allowed = new Set(
  ["MIT", "ISC", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD"].concat([
    "BlueOak-1.0.0",
    "CC0-1.0",
    "Unlicense",
    "Zlib",
    "Python-2.0",
    "CC-BY-4.0",
  ]),
);
/** Packages whose manifest is older than the field `license`; read in their LICENSE files. */
const readByHand: Record<string, string> = { busboy: "MIT", streamsearch: "MIT" };

/** Everything that Intake needs at run time, as CycloneDX 1.6, from the lockfile and the installed packages. */
export async function makeBom(): Promise<{ bom: Bom; json: string }> {
  const folder = mkdtempSync(join(tmpdir(), "intake-bom-"));
  try {
    const file = join(folder, "bom.json");
    const words = [
      "--prod",
      "--sbom-format",
      "cyclonedx",
      "--sbom-spec-version",
      "1.6",
      "--sbom-type",
      "application",
    ];
    const { exitCode } = await runTool("pnpm", ["sbom", ...words, "--out", file], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (exitCode !== 0) throw new Error("pnpm could not list the packages");
    const json = readFileSync(file, "utf8");
    return { bom: bomSchema.parse(JSON.parse(json)), json };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function listPackages(bom: Bom): ShippedPackage[] {
  return bom.components.map((component) => {
    const name = component.group ? `${component.group}/${component.name}` : component.name;
    const parts = (component.licenses ?? []).map(
      ({ expression, license }) => expression ?? license?.id ?? license?.name ?? "",
    );
    return { name, version: component.version, licence: parts.join(" AND ") || (readByHand[name] ?? "") };
  });
}

/** Whether the licence lets the product ship: of alternatives one must be allowed, of conjunctions all. */
export function isAllowed(licence: string): boolean {
  const parts = licence.replaceAll(/[()]/g, "").split(" AND ");
  return parts.every((part) => part.split(" OR ").some((name) => allowed.has(name.trim())));
}

/** npm run sbom -- [FILE] writes the list for machines, npm run licences prints it for people. */
async function main(): Promise<void> {
  const [what, file = "sbom.json"] = process.argv.slice(2);
  const { bom, json } = await makeBom();
  const packages = listPackages(bom);
  if (what === "licences")
    for (const each of packages) console.log(`${each.licence}\t${each.name} ${each.version}`);
  else writeFileSync(resolve(file), json);
  const refused = packages.filter((each) => !isAllowed(each.licence));
  for (const each of refused)
    console.error(`${each.name} ${each.version}: ${each.licence || "no licence"} is not allowed`);
  console.log(`${packages.length} packages`);
  if (refused.length > 0) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await main();
