import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";

/**
 * One mention of another module. `isType`: it is gone after compilation. `isReexport`: `export … from`.
 * @typedef {{ specifier: string; line: number; isType: boolean; isReexport: boolean }} Import
 */

/**
 * What one source file says to the outside. `environmentLines`: where it reads the environment.
 * @typedef {{ path: string; imports: Import[]; valueExports: Set<string>; environmentLines: number[] }} Module
 */

/**
 * Reads imports, exports and uses of the environment from a source file.
 * @param {string} root
 * @param {string} path relative to root
 * @returns {Module}
 */
export function readModule(root, path) {
  const text = readFileSync(join(root, path), "utf8");
  const { module, program } = parseSync(path, text);
  /** @param {number} offset */
  const lineAt = (offset) => text.slice(0, offset).split("\n").length;

  /** @type {Import[]} */
  const imports = [];
  /** @type {Set<string>} */
  const valueExports = new Set();
  /** @type {number[]} */
  const environmentLines = [];

  for (const { moduleRequest, entries, start } of module.staticImports) {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    imports.push({ specifier: moduleRequest.value, line: lineAt(start), isType, isReexport: false });
    const isProcess = moduleRequest.value === "process" || moduleRequest.value === "node:process";
    if (isProcess && entries.some((entry) => entry.importName.name === "env"))
      environmentLines.push(lineAt(start));
  }
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest, exportName, isType } of entries) {
      if (moduleRequest) {
        imports.push({ specifier: moduleRequest.value, line: lineAt(start), isType, isReexport: true });
      } else if (exportName.name && !isType) {
        valueExports.add(exportName.name);
      }
    }
  }
  new Visitor({
    ImportExpression({ source, start }) {
      if (source.type !== "Literal") return;
      imports.push({
        specifier: String(source.value),
        line: lineAt(start),
        isType: false,
        isReexport: false,
      });
    },
    TSImportType({ source, start }) {
      imports.push({ specifier: String(source.value), line: lineAt(start), isType: true, isReexport: false });
    },
    MemberExpression({ object, property, start }) {
      const isEnvironment = property.type === "Identifier" && property.name === "env";
      if (isEnvironment && object.type === "Identifier" && object.name === "process")
        environmentLines.push(lineAt(start));
    },
  }).visit(program);
  return { path, imports, valueExports, environmentLines };
}
