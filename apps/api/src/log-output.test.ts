import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test, vi } from "vitest";
import { openLogOutput } from "./log-output";

const program = (lines: string) => [
  "--input-type=module",
  "--eval",
  `import { openLogOutput } from ${JSON.stringify(join(import.meta.dirname, "log-output.ts"))};
   const output = openLogOutput();
   ${lines}`,
];

test("lines arrive whole and in order, the last before the process ends included", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    program(
      "for (let n = 0; n < 5000; n += 1) output.write('line ' + n + ' äöü\\n'); setTimeout(() => { output.write('last\\n'); process.exit(0); }, 100);",
    ),
  );
  const lines = stdout.split("\n");
  expect(lines.slice(0, 5000)).toEqual(Array.from({ length: 5000 }, (_, n) => `line ${n} äöü`));
  expect(lines.slice(5000)).toEqual(["last", ""]);
});

test("a full disk neither throws nor ends the process: what has no room is dropped, counted, and said once there is room", async () => {
  // Every write to it fails as on a full disk; it is exchanged for a real file under the same descriptor number below.
  const fd = openSync("/dev/full", "w");
  const folder = await mkdtemp(join(tmpdir(), "intake-log-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const onDrop = vi.fn();
  const onRoom = vi.fn();
  const output = openLogOutput({ fd, mostHeldBytes: 20, onDrop, onRoom });
  output.write("first\n");
  for (let n = 0; n < 10; n += 1) output.write(`line ${n}\n`);
  expect(onDrop).toHaveBeenCalledTimes(8);
  closeSync(fd);
  const file = join(folder, "log");
  const again = openSync(file, "a");
  onTestFinished(() => closeSync(again));
  expect(again).toBe(fd);
  await vi.waitFor(() => expect(onRoom).toHaveBeenCalledWith(8), { timeout: 5_000 });
  output.write("after\n");
  await vi.waitFor(async () => expect(await readFile(file, "utf8")).toBe("first\nline 0\nline 1\nafter\n"));
});

test("a process whose disk of the log is full ends at once when it is told to", async () => {
  const full = openSync("/dev/full", "w");
  onTestFinished(() => closeSync(full));
  const child = spawn(
    process.execPath,
    program("output.write('x'.repeat(10_000)); setTimeout(() => process.exit(7), 200);"),
    {
      stdio: ["ignore", full, "inherit"],
    },
  );
  expect(await once(child, "exit")).toEqual([7, null]);
});

test("a reader that stands still holds up nobody", async () => {
  const child = spawn(
    process.execPath,
    program(
      "for (let n = 0; n < 300; n += 1) output.write('x'.repeat(10_000)); setTimeout(() => { process.stderr.write('alive'); process.exit(3); }, 200);",
    ),
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const said = once(child.stderr, "data");
  expect(String((await said)[0])).toBe("alive");
  child.stdout.resume();
  expect(await once(child, "exit")).toEqual([3, null]);
});
