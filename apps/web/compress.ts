import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import type { Plugin } from "vite";

const pack = promisify(brotliCompress);

/** Lays a Brotli copy of every script and style beside it: packed once and well, rather than for each visitor in a hurry. */
export function compress(): Plugin {
  return {
    name: "compress",
    async writeBundle({ dir }) {
      if (!dir) return;
      const assets = join(dir, "assets");
      const names = (await readdir(assets)).filter((name) => /\.(?:js|css|svg)$/.test(name));
      await Promise.all(
        names.map(async (name) => {
          const file = join(assets, name);
          await writeFile(`${file}.br`, await pack(await readFile(file)));
        }),
      );
    },
  };
}
