import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { connect } from "node:tls";
import { parseArgs } from "node:util";
import { openEngine } from "./docker/engine";
import { prepareImages } from "./docker/images";
import { judgeContainers, startSeconds } from "./docker/judge-containers";
import { goBack, loseDisk, loseMachine } from "./docker/losses";
import {
  compose,
  follow,
  type Office,
  openOffice,
  project,
  repository,
  resume,
  seconds,
  until,
} from "./docker/office";
import { say } from "./docker/run";
import { runAsKubernetes } from "./docker/run-as-kubernetes";
import { becomeAdmin, readLead, signIn, startVisiting, submitLead, trust } from "./docker/visitor";
import { watch } from "./docker/watch";

/**
 * Runs the whole office of docker/compose.yml on a real engine by the commands of docs/operations.md: a lead comes in through the proxy,
 * traces and errors leave without anybody's data, instances restart under load, the database's disk and then the machine are lost and
 * restored. Ends with 1 when anything is not as promised.
 * `--images=FOLDER` keeps the images of an engine of the drill's own there for the next time.
 */
const mostMegabytes = 350;
const mostStartSeconds = 3;
const mostStopSeconds = 25;
const image = "intake:drill";

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { images: { type: "string" } } });
  const folder = await mkdtemp(join(tmpdir(), "intake-docker-"));
  const engine = await openEngine(folder, values.images ? resolve(values.images) : null);
  let office: Office | undefined;
  try {
    await prepareImages(engine, { repository, folder });
    const opened = await openOffice(engine, join(folder, "copy"));
    office = opened;
    const { failures, copy } = opened;
    await moveIn(opened);
    await judge(opened);
    await watch(opened, () => takeLead(opened));
    await restart(opened);
    failures.push(...(await runAsKubernetes(engine, { copy, image, project })));
    const leads = await loseDisk(opened);
    await goBack(opened, leads);
    await loseMachine(opened, leads);
    if (failures.length > 0) say(await compose(opened, "logs", "--tail", "40"));
    for (const failure of failures) say(`FAILED: ${failure}`);
    return failures.length > 0 ? 1 : 0;
  } catch (error) {
    if (office) say(await compose(office, "logs", "--tail", "15").catch(() => ""));
    throw error;
  } finally {
    if (office) await compose(office, "down", "--volumes", "--remove-orphans", "--timeout", "5");
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From nothing to an office with an admin. */
async function moveIn(office: Office): Promise<void> {
  const { copy, url, engine } = office;
  await follow(office, "prepare");
  const settings = join(copy, "docker/office.env");
  const example = await readFile(settings, "utf8");
  await writeFile(settings, example.replace(/^PUBLIC_URL=.*$/m, `PUBLIC_URL=${url}`));
  // Nothing of a drill leaves the machine.
  await appendFile(settings, "STAGING=on\n");
  await writeFile(join(copy, "docker/secrets/postmark_token"), "drill\n");
  // Built before, for its time to be told; the commands find it done.
  const begun = Date.now();
  await engine.docker(["build", "--quiet", "--file", "docker/Dockerfile", "--tag", image, "."], {
    cwd: copy,
  });
  say(`Image built in ${seconds(begun)} s.`);
  const started = Date.now();
  const link = /https:\S+\/app\/setup#\S+/.exec(await follow(office, "start"))?.[0];
  if (!link) throw new Error("setup:link printed no link");
  say(`Office started in ${seconds(started)} s: ${url}`);
  trust(await compose(office, "exec", "-T", "proxy", "cat", "/data/caddy/pki/authorities/local/root.crt"));
  await becomeAdmin(url, link);
}

/** Image, limits, users, doors. */
async function judge(office: Office): Promise<void> {
  const { engine, failures, url, port } = office;
  const bytes = Number(await engine.docker(["image", "inspect", "--format", "{{.Size}}", image]));
  const megabytes = Math.round(bytes / 1e6);
  say(`Image: ${megabytes} MB.`);
  if (megabytes > mostMegabytes) failures.push(`the image has ${megabytes} MB`);
  failures.push(...(await judgeContainers(engine, project)));
  if (await canWrite(office)) failures.push("api-a could write a file beside its tmpfs");
  const page = await fetch(url);
  if (!/max-age=\d{8}/.test(page.headers.get("Strict-Transport-Security") ?? "")) failures.push("no HSTS");
  if (!(await page.text()).includes('class="staging"'))
    failures.push("the page does not say that this is staging");
  if ((await fetch(`${url}/metrics`)).status !== 404) failures.push("/metrics is open to the world");
  if (await speaksTls(port, "TLSv1.1")) failures.push("the proxy takes TLS 1.1");
  if (!(await speaksTls(port, "TLSv1.2"))) failures.push("the proxy refuses TLS 1.2");
  await compose(office, "up", "-d", "--no-deps", "--force-recreate", "--wait", "api-b");
  const cold = await startSeconds(engine, `${project}-api-b-1`);
  say(`Cold start of an instance: ${cold.toFixed(1)} s.`);
  if (cold > mostStartSeconds) failures.push(`an instance took ${cold.toFixed(1)} s to start`);
  const ask = "fetch('http://prometheus:9090/api/v1/targets').then(r=>r.text()).then(t=>console.log(t))";
  await until(async () => {
    const targets = await compose(office, "exec", "-T", "api-a", "node", "-e", ask);
    return (targets.match(/"health":"up"/g) ?? []).length === 5;
  }, "Prometheus does not reach all its targets");
}

const canWrite = (office: Office) =>
  compose(office, "exec", "-T", "api-a", "sh", "-c", "touch /app/x").then(
    () => true,
    () => false,
  );

/** Whether the proxy speaks this version when nothing newer is offered. */
function speaksTls(port: number, version: "TLSv1.1" | "TLSv1.2"): Promise<boolean> {
  return new Promise((done) => {
    const versions = { minVersion: version, maxVersion: version, ciphers: "DEFAULT@SECLEVEL=0" };
    const socket = connect({
      port,
      host: "localhost",
      servername: "localhost",
      rejectUnauthorized: false,
      ...versions,
    });
    socket.once("secureConnect", () => done(socket.destroy() !== undefined));
    socket.once("error", () => done(false));
  });
}

/** A prospect's lead is there for staff, and its file clean. */
async function takeLead(office: Office): Promise<void> {
  const { url } = office;
  // The scanner cannot fetch its signatures everywhere; one of its own is enough to work with.
  const signature = `printf 'Drill:0:*:%s\\n' 6472696c6c2d6e6f7468696e67 > /var/lib/clamav/drill.ndb`;
  await compose(office, "exec", "-T", "clamav", "sh", "-c", signature);
  await compose(office, "restart", "clamav");
  const token = await signIn(url);
  const lead = await submitLead(url, resume, 1);
  await until(async () => {
    const seen = await readLead(url, token, lead.id);
    if (seen?.resume.sha256 !== lead.sha256) throw new Error("staff see another file than was sent");
    return seen.resume.scanState === "CLEAN";
  }, "the file of the lead did not become clean");
  say("A lead came in through the proxy, was scanned and is there for staff.");
}

/** Every instance once, while people use the office. */
async function restart(office: Office): Promise<void> {
  const { url, failures } = office;
  const visitors = startVisiting(url, resume);
  await delay(3_000);
  for (const service of ["api-b", "worker"]) {
    const begun = Date.now();
    await compose(office, "stop", service);
    say(`${service} stopped in ${seconds(begun)} s.`);
    if (Date.now() - begun > mostStopSeconds * 1000)
      failures.push(`${service} took ${seconds(begun)} s to stop`);
    await compose(office, "up", "-d", "--no-deps", "--wait", service);
  }
  await follow(office, "upgrade");
  await delay(2_000);
  const requests = await visitors.stop();
  const failed = visitors.failures.length;
  say(
    `Restarts under load: ${requests} requests, ${visitors.acknowledged.length} of them leads, ${failed} failed.`,
  );
  if (failed > 0) failures.push(`${failed} requests failed during restarts: ${visitors.failures[0]}`);
}

process.exitCode = await main().catch((error: unknown) => {
  say(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
  return 1;
});
