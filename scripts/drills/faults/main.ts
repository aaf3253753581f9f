import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { crowd, dripSlowly } from "./crowds";
import { fillDisks } from "./full-disks";
import { killAtRandom } from "./kills";
import type { Scenario } from "./scenario";
import { exhaustDescriptors, jumpClock, loseNames, starveMemory } from "./surroundings";

const usage = `npm run drill:faults                        everything
npm run drill:faults -- --kills 20 --seed 7   fewer kills, the same random moments as another run
npm run drill:faults -- --only kills,disks     some of it:`;

/** Plays faults and attacks on the built product and counts broken promises (exit code 1 when there is one). */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { kills: { type: "string" }, seed: { type: "string" }, only: { type: "string" } },
  });
  const kills = Number(values.kills ?? 200);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const scenarios: Record<string, Scenario> = {
    kills: (input) => killAtRandom({ ...input, kills, seed }),
    disks: fillDisks,
    crowds: crowd,
    slow: dripSlowly,
    names: loseNames,
    descriptors: exhaustDescriptors,
    clock: jumpClock,
    memory: starveMemory,
  };
  const names = values.only?.split(",") ?? Object.keys(scenarios);
  const unknown = names.find((name) => !scenarios[name]);
  if (unknown !== undefined || !Number.isSafeInteger(kills) || !Number.isSafeInteger(seed)) {
    process.stderr.write(`${usage} ${Object.keys(scenarios).join(", ")}\n`);
    return 2;
  }
  process.stdout.write(`seed ${seed}\n`);
  const root = await mkdtemp(join(tmpdir(), "intake-faults-"));
  const begun = Date.now();
  const breaches: string[] = [];
  async function play(name: string, rest: () => void): Promise<void> {
    const directory = join(root, name);
    await mkdir(directory);
    const say = (line: string) => void process.stdout.write(`${name}: ${line}\n`);
    const broken =
      (await scenarios[name]?.({ directory, say, rest }).catch((error: unknown) => [String(error)])) ?? [];
    for (const words of broken) say(`BROKEN ${words}`);
    say(broken.length === 0 ? "every promise held" : `${broken.length} promises broken`);
    breaches.push(...broken);
  }
  const plays: Promise<void>[] = [];
  for (const name of names) {
    const resting = Promise.withResolvers<void>();
    const playing = play(name, resting.resolve);
    plays.push(playing);
    await Promise.race([playing, resting.promise]);
  }
  await Promise.all(plays);
  process.stdout.write(
    `${breaches.length} promises broken; all of it took ${((Date.now() - begun) / 60_000).toFixed(1)} minutes\n`,
  );
  if (breaches.length === 0) await rm(root, { recursive: true, force: true });
  else process.stdout.write(`The logs are in ${root}. The same again: --seed ${seed}\n`);
  return breaches.length === 0 ? 0 : 1;
}

process.exitCode = await main();
