import { readFile } from "node:fs/promises";

/** The commands of a block "```sh NAME" of a page, as somebody would type them. Throws when there is none. */
export async function readCommands(page: string, name: string): Promise<string> {
  const text = await readFile(page, "utf8");
  const block = new RegExp(`^\`\`\`sh ${name}\\n([\\s\\S]*?)^\`\`\``, "m").exec(text)?.[1];
  if (!block) throw new Error(`${page} has no block of commands named ${name}`);
  return block;
}
