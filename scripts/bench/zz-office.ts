import { mkdtemp, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openOffice } from "./open-office";
import { readScenarios } from "./scenarios";
const repository = resolve(import.meta.dirname, "../..");
const directory = await mkdtemp(join(repository, ".cache/bench-"));
const office = await openOffice({
  repository,
  directory,
  leads: 20000,
  entry: "apps/api/dist-bench/main.js",
  profile: undefined,
  say: console.log,
});
const scenarios = await readScenarios(office.connectionString, {
  resume: join(repository, "tests/fixtures/resumes/resume-200kb.pdf"),
  uploadFile: join(directory, "upload"),
});
const floorUrl = office.floor.url;
await office.ours.stop();
await writeFile(
  "/tmp/office.json",
  JSON.stringify({
    env: office.environment,
    floorUrl,
    floorPid: office.floor.pid,
    jobs: Object.fromEntries(
      scenarios.map((s) => [
        s.name,
        {
          connections: 100,
          seconds: 5,
          warmUpSeconds: 1,
          headers: { ...s.headers },
          targets: s.targets(0),
          uploadFile: s.uploadFile,
        },
      ]),
    ),
  }),
);
console.log("ready");
process.stdin.resume();
process.on("SIGTERM", async () => {
  await office.close();
  process.exit(0);
});
