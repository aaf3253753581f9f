import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@cdktf/hcl2json";

/** Names by kind: `var`, `local`, `module`, `data`, and the types of resources. */
export interface Declared {
  names: Set<string>;
  outputs: Set<string>;
  /** Names whose use is worth nothing without somebody who uses them: variables, locals, data. */
  wanted: Set<string>;
}

type Blocks = Record<string, Record<string, unknown>>;

/** What a folder of Terraform files declares and what its expressions name. */
export async function readFolder(folder: string): Promise<{ declared: Declared; references: Set<string> }> {
  const declared: Declared = { names: new Set(), outputs: new Set(), wanted: new Set() };
  const references = new Set<string>();
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".tf"))) {
    const file = (await parse(name, readFileSync(join(folder, name), "utf8"))) as Record<string, unknown>;
    declare(declared, file);
    for (const text of textsIn(file)) for (const reference of referencesIn(text)) references.add(reference);
  }
  return { declared, references };
}

function declare({ names, outputs, wanted }: Declared, file: Record<string, unknown>): void {
  for (const name of Object.keys((file.variable ?? {}) as Blocks)) wanted.add(`var.${name}`);
  for (const block of (file.locals ?? []) as Blocks[])
    for (const name of Object.keys(block)) wanted.add(`local.${name}`);
  for (const [type, blocks] of Object.entries((file.data ?? {}) as Blocks))
    for (const name of Object.keys(blocks)) wanted.add(`data.${type}.${name}`);
  for (const [type, blocks] of Object.entries((file.resource ?? {}) as Blocks))
    for (const name of Object.keys(blocks)) names.add(`${type}.${name}`);
  for (const name of Object.keys((file.module ?? {}) as Blocks)) names.add(`module.${name}`);
  for (const name of Object.keys((file.output ?? {}) as Blocks)) outputs.add(name);
  for (const name of wanted) names.add(name);
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  else if (value !== null && typeof value === "object")
    for (const each of Object.values(value)) yield* textsIn(each);
}

const kinds = [
  /(?<![\w.])(?:var|local)\.[a-z_0-9]+/g,
  /(?<![\w.])module\.[a-z_0-9]+(?:\.[a-z_0-9]+)?/g,
  /(?<![\w.])data\.[a-z_0-9]+\.[a-z_0-9]+/g,
  /(?<![\w.])(?:aws|azurerm|random)_[a-z_0-9]+\.[a-z_0-9]+/g,
];

/** Only what stands in `${…}`, which may hold others: the rest is words. */
function referencesIn(text: string): string[] {
  const first = text.indexOf("${");
  if (first < 0) return [];
  const expressions: string[] = [];
  let depth = 0;
  let from = first;
  for (let at = first; at < text.length; at += 1) {
    if (text.startsWith("${", at) && depth === 0) from = at;
    if (text[at] === "{" && (depth > 0 || text[at - 1] === "$")) depth += 1;
    if (text[at] === "}" && depth > 0) depth -= 1;
    if (text[at] === "}" && depth === 0 && from >= 0) {
      expressions.push(text.slice(from, at));
      from = -1;
    }
  }
  return expressions.flatMap((expression) => kinds.flatMap((kind) => expression.match(kind) ?? []));
}
