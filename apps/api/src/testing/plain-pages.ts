import type { PageRenderer } from "../pages/public-pages";

/** Pages that show their props as JSON: the built form has tests of its own. */
export const plainPages: PageRenderer = {
  form: (props) => page("form", props),
  receipt: (props) => page("receipt", props),
  unavailable: (props) => page("unavailable", props),
};

function page(name: string, props: object): string {
  return `<!doctype html><title>${name}</title><script type="application/json">${JSON.stringify(props)}</script>`;
}

/** The props of one of these pages. */
export function readPage(html: string): { name: string; props: Record<string, unknown> } {
  const match = /<title>(\w+)<\/title><script type="application\/json">(.*)<\/script>$/s.exec(html);
  if (!match) throw new Error("This is not one of the plain pages");
  return { name: match[1] ?? "", props: JSON.parse(match[2] ?? "") };
}
