/** The pages of docs/runbooks as they are in the repository, each loaded when it is opened. */
const files = import.meta.glob<string>("../../../../docs/runbooks/*.md", {
  query: "?raw",
  import: "default",
});

/** The text of one page; null when there is none of that name. */
export async function loadRunbook(name: string): Promise<string | null> {
  const load = files[`../../../../docs/runbooks/${name}.md`];
  return load ? await load() : null;
}

export type Block =
  | { kind: "title" | "heading" | "text"; text: string }
  | { kind: "list"; isOrdered: boolean; items: string[] };

/** The parts of a page. These pages hold titles, paragraphs and lists, and nothing else of Markdown but `code` in a line. */
export function readBlocks(text: string): Block[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      if (block.startsWith("# ")) return { kind: "title", text: block.slice(2) };
      if (block.startsWith("## ")) return { kind: "heading", text: block.slice(3) };
      const isOrdered = block.startsWith("1. ");
      if (!isOrdered && !block.startsWith("- ")) return { kind: "text", text: block.replaceAll("\n", " ") };
      const items = block.split(/\n(?=- |\d+\. )/).map((item) => item.replace(/^(- |\d+\. )/, ""));
      return { kind: "list", isOrdered, items };
    });
}
