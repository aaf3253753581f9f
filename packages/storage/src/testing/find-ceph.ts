import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const programs = ["ceph", "ceph-authtool", "monmaptool", "ceph-mon", "ceph-osd", "radosgw", "radosgw-admin"];
const packages = ["radosgw", "ceph-mon", "ceph-osd"];

/**
 * Null when Ceph is on this machine, else why not. Where Debian's packages can be installed (root, apt-get) it installs them
 * once, about 80 s, one process at a time.
 */
export async function explainMissingCeph(): Promise<string | null> {
  if (await hasCeph()) return null;
  if (process.getuid?.() !== 0) return "Ceph is not installed and this is not root";
  const install = `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  try {
    await run("flock", [join(tmpdir(), "intake-apt.lock"), "sh", "-c", install], { timeout: 300_000 });
  } catch {
    return "Ceph is not installed and apt-get could not install it";
  }
  return (await hasCeph()) ? null : "Ceph's packages lack a program we need";
}

async function hasCeph(): Promise<boolean> {
  const missing = await Promise.all(
    programs.map((program) =>
      run("sh", ["-c", 'command -v "$0"', program]).then(
        () => false,
        () => true,
      ),
    ),
  );
  return !missing.includes(true);
}
