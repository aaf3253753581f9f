import { chmod, cp, mkdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseEnv } from "node:util";
import { parse, parseAllDocuments } from "yaml";
import { renderFolder } from "../../deploy-checks/kubectl";
import type { Engine } from "./engine";
import { run, say, succeeds } from "./run";

const secretsFolder = "cluster-secrets";

interface Probe {
  httpGet: { path: string };
  periodSeconds: number;
  failureThreshold: number;
}
interface Container {
  args: string[];
  env: { name: string; value: string }[];
  resources: { limits: { memory: string } };
  securityContext: {
    allowPrivilegeEscalation: boolean;
    readOnlyRootFilesystem: boolean;
    capabilities: { drop: string[] };
  };
  volumeMounts: { name: string; mountPath: string }[];
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
}
interface Pod {
  terminationGracePeriodSeconds: number;
  securityContext: { runAsUser: number; runAsGroup: number; fsGroup: number };
  containers: [Container];
  volumes: { name: string; emptyDir?: object }[];
}
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: { template: { spec: Pod } };
}

interface RunInput {
  copy: string;
  image: string;
  project: string;
}

/**
 * Runs the image once as each deployment of the cluster wants it (user, limits, mounts, security context), answers its probes and ends it
 * in its time. Settings and servers are those of the office that runs. The answer is what went wrong.
 */
export async function runAsKubernetes(engine: Engine, input: RunInput): Promise<string[]> {
  const secrets = join(input.copy, secretsFolder);
  // Compose mounts files; a pod mounts folders, which its user must be able to enter.
  await cp(join(input.copy, "docker/secrets"), join(secrets, "office"), { recursive: true });
  await chmod(join(secrets, "office"), 0o755);
  await mkdir(join(secrets, "database"));
  // The office has no replica: its one database answers for both.
  for (const name of ["uri", "replica_uri"])
    await cp(join(secrets, "office/database_url"), join(secrets, "database", name));
  const rendered = parseAllDocuments(
    await renderFolder(join(input.copy, "deploy/kubernetes/overlays/production")),
  );
  const manifests = rendered.map((document) => document.toJS() as Manifest);
  const failures: string[] = [];
  for (const { kind, metadata, spec } of manifests) {
    if (kind !== "Deployment" || !["api", "worker"].includes(metadata.name)) continue;
    const problem = await tryPod(engine, { ...input, name: metadata.name, pod: spec.template.spec });
    if (problem) failures.push(`as in the cluster, ${metadata.name} ${problem}`);
    else say(`${metadata.name} runs as the cluster's deployment wants it: probes green, ended in its time.`);
  }
  return failures;
}

async function tryPod(engine: Engine, input: RunInput & { name: string; pod: Pod }): Promise<string | null> {
  const { pod, project, name } = input;
  const [container] = pod.containers;
  const running = `${project}-as-${name}`;
  await engine.docker([
    "run",
    "--detach",
    "--name",
    running,
    ...(await optionsOf(engine, input)),
    input.image,
    ...container.args,
  ]);
  try {
    for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      if (!(await isGreen(engine, { running, probe }))) {
        const { env } = engine;
        say(await run("sh", ["-c", `docker logs --tail 10 ${running} 2>&1`], { env }));
        return `is not green at ${probe.httpGet.path}`;
      }
    await engine.docker(["stop", "--time", String(pod.terminationGracePeriodSeconds), running]);
    const [{ State }] = JSON.parse(await engine.docker(["inspect", running]));
    return State.ExitCode === 0 && !State.OOMKilled ? null : `ended with ${State.ExitCode}`;
  } finally {
    await engine.docker(["rm", "--force", running]);
    const empty = pod.volumes.filter(({ emptyDir }) => emptyDir);
    await engine.docker(["volume", "rm", ...empty.map((volume) => volumeOf(project, volume.name))]);
  }
}

async function isGreen(
  { env }: Engine,
  { running, probe }: { running: string; probe: Probe },
): Promise<boolean> {
  for (let tries = 0; tries < probe.failureThreshold; tries++) {
    const ask = ["exec", running, "node", "docker/check-health.mjs", probe.httpGet.path];
    if (await succeeds("docker", ask, { env })) return true;
    await delay(probe.periodSeconds * 1000);
  }
  return false;
}

/** The words of `docker run` for what a pod says of itself. */
async function optionsOf(engine: Engine, input: RunInput & { pod: Pod }): Promise<string[]> {
  const { copy, project, pod } = input;
  const { runAsUser, runAsGroup, fsGroup } = pod.securityContext;
  const [{ securityContext, resources, volumeMounts }] = pod.containers;
  const options = ["--user", `${runAsUser}:${runAsGroup}`, "--group-add", String(fsGroup)];
  if (securityContext.readOnlyRootFilesystem) options.push("--read-only");
  if (!securityContext.allowPrivilegeEscalation) options.push("--security-opt", "no-new-privileges");
  for (const capability of securityContext.capabilities.drop) options.push("--cap-drop", capability);
  options.push("--memory", resources.limits.memory.replace(/i$/, "").toLowerCase());
  for (const { name, mountPath } of volumeMounts) {
    const isEmpty = pod.volumes.some((volume) => volume.name === name && volume.emptyDir);
    const source = isEmpty
      ? await emptyVolume(engine, { ...input, name, group: fsGroup })
      : join(copy, secretsFolder, basename(mountPath));
    options.push("--volume", `${source}:${mountPath}:${isEmpty ? "nocopy" : "ro"}`);
  }
  const variables = await environmentOf(input);
  const environment = Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  return [...options, ...environment, "--network", `${project}_inside`];
}

/** What an emptyDir is to a pod: root's, and open to the pod's group alone. A tmpfs cannot be so: it takes the mode of the image's folder. */
async function emptyVolume(
  engine: Engine,
  { image, project, name, group }: RunInput & { name: string; group: number },
): Promise<string> {
  const volume = volumeOf(project, name);
  const prepare = `chown 0:${group} /volume && chmod 2770 /volume`;
  const asRoot = ["run", "--rm", "--user", "0", "--entrypoint", "sh", "--volume", `${volume}:/volume`];
  await engine.docker([...asRoot, image, "-c", prepare]);
  return volume;
}

const volumeOf = (project: string, name: string) => `${project}-pod-${name}`;

/** Secrets where the pod has them; everything else is the running office's. */
async function environmentOf({
  copy,
  pod,
}: RunInput & { pod: Pod }): Promise<Record<string, string | undefined>> {
  const office = parseEnv(await readFile(join(copy, "docker/office.env"), "utf8"));
  const compose = parse(await readFile(join(copy, "docker/compose.yml"), "utf8"), { merge: true });
  const servers = Object.entries<string>(compose.services["api-a"].environment);
  const files = pod.containers[0].env.map(({ name, value }) => [name, value] as const);
  return { ...office, ...Object.fromEntries(servers), ...Object.fromEntries(files) };
}
