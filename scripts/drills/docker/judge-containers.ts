import type { Engine } from "./engine";

interface Inspected {
  Name: string;
  Config: { User: string; Image: string };
  HostConfig: {
    ReadonlyRootfs: boolean;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    Memory: number;
    PidsLimit: number | null;
    LogConfig: { Config: Record<string, string> };
  };
  NetworkSettings: { Ports: Record<string, unknown[] | null> };
}

/** What is wrong with how the containers of a project run; nothing when each has only what it needs. */
export async function judgeContainers(engine: Engine, project: string): Promise<string[]> {
  const ids = await engine.docker([
    "ps",
    "--all",
    "--quiet",
    "--filter",
    `label=com.docker.compose.project=${project}`,
  ]);
  const containers: Inspected[] = JSON.parse(await engine.docker(["inspect", ...ids.trim().split("\n")]));
  return containers.flatMap((container) => {
    const { Name, Config, HostConfig, NetworkSettings } = container;
    const name = Name.replace(`/${project}-`, "");
    const published = Object.values(NetworkSettings.Ports).some((ports) => (ports ?? []).length > 0);
    const isRoot = /^(0|root)?(:|$)/.test(Config.User);
    const isDropped = HostConfig.CapDrop?.includes("ALL") === true;
    return [
      // The storage is somebody else's image: root in it, but without a single capability.
      isRoot && !(name.startsWith("storage") && isDropped) && "runs as root",
      !HostConfig.ReadonlyRootfs && "may write to its root file system",
      !isDropped && "keeps capabilities",
      !HostConfig.SecurityOpt?.some((option) => option.startsWith("no-new-privileges")) &&
        "may gain privileges",
      HostConfig.Memory === 0 && "has no limit of memory",
      !HostConfig.PidsLimit && "has no limit of processes",
      !HostConfig.LogConfig.Config["max-size"] && "logs without end",
      published && !name.startsWith("proxy") && "can be reached from outside",
    ]
      .filter((problem) => problem !== false)
      .map((problem) => `${name} ${problem}`);
  });
}

/** Seconds from the start of a container to the line in which the product says that it is ready. */
export async function startSeconds(engine: Engine, container: string): Promise<number> {
  const [state] = JSON.parse(await engine.docker(["inspect", container])) as [
    { State: { StartedAt: string } },
  ];
  const lines = (await engine.docker(["logs", "--timestamps", container])).split("\n");
  const ready = lines.find((line) => /Ready|Set-up|ready$/.test(line))?.split(" ")[0];
  return ready ? (Date.parse(ready) - Date.parse(state.State.StartedAt)) / 1000 : Number.POSITIVE_INFINITY;
}
