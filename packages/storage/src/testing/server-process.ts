import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A shell that runs the server and kills it when its input ends: on purpose, or because this process died. */
const keeper = '"$@" & read _; kill -9 $!; wait $!';

/** Starts a server that cannot outlive this process. */
export function startServer(command: string, args: string[], cwd: string): ChildProcess {
  return spawn("sh", ["-c", keeper, "sh", command, ...args], { cwd, stdio: ["pipe", "ignore", "ignore"] });
}

/** Ends a server and waits until it is gone. */
export async function endServer(server: ChildProcess): Promise<void> {
  const gone = once(server, "exit");
  server.stdin?.end();
  await gone;
}

/** Resolves once a server answers HTTP in any way; throws after 30 s. */
export async function untilAnswering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const isThere = await fetch(url).then(
      async (answer) => answer.text().then(() => true),
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The server at ${url} does not answer`);
}
