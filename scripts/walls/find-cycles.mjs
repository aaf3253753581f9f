/**
 * Finds circles among files, one for each group of files that need each other. Type-only imports are no edges: they are gone
 * when the code runs, and a context names types of features that take a context.
 * @param {Map<string, Map<string, number>>} edges for each file, the files it needs
 * @returns {string[][]} each circle begins and ends with the same file
 */
export function findCycles(edges) {
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Map<string, "open" | "done">} */
  const states = new Map();
  /** @type {string[]} */
  const trail = [];

  /** @param {string} file */
  const visit = (file) => {
    states.set(file, "open");
    trail.push(file);
    for (const needed of edges.get(file)?.keys() ?? []) {
      if (states.get(needed) === "open") cycles.push([...trail.slice(trail.indexOf(needed)), needed]);
      else if (edges.has(needed) && !states.has(needed)) visit(needed);
    }
    trail.pop();
    states.set(file, "done");
  };
  for (const file of edges.keys()) if (!states.has(file)) visit(file);
  return cycles;
}
