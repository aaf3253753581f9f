import { spawn } from "node:child_process";
import { once } from "node:events";

export interface Where {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Written to its standard input. */
  input?: string;
  /** Seconds until it is ended. */
  seconds?: number;
}

/** What a program said on standard output. Throws with both outputs when it ends with another code than 0. */
export async function run(program: string, args: string[], where: Where = {}): Promise<string> {
  const child = spawn(program, args, {
    ...{ cwd: where.cwd, env: where.env ?? process.env, stdio: ["pipe", "pipe", "pipe"] },
    signal: AbortSignal.timeout((where.seconds ?? 1_200) * 1000),
  });
  let [output, everything] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    everything += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    everything += text;
  });
  child.stdin.end(where.input ?? "");
  const [code] = await once(child, "close");
  if (code !== 0)
    throw new Error(`${program} ${args.join(" ")} ended with ${code}:\n${everything.slice(-4_000)}`);
  return output;
}

/** Whether it runs and ends well. */
export function succeeds(program: string, args: string[], where?: Where): Promise<boolean> {
  return run(program, args, where).then(
    () => true,
    () => false,
  );
}

export const say = (line: string) => process.stdout.write(`${line}\n`);
