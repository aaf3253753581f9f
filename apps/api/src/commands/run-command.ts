import { messageOf } from "../start/explain-failure";

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with what `main` answers; with 2 and one sentence when it throws, and the usage when the words were wrong. */
export function runCommand(main: () => Promise<number>, usage: string): void {
  main().then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const isUsage = error instanceof TypeError && "code" in error;
      process.stderr.write(`${messageOf(error)}\n${isUsage ? `\n${usage}\n` : ""}`);
      process.exitCode = 2;
    },
  );
}
