import { probe } from "./probe-office";
import { runCommand, say } from "./run-command";

const usage = `npm run probe -- URL   asks an office from outside whether it is there: one line, and 0, 1 or 2 for a wrong address`;

async function main(): Promise<number> {
  const [address = ""] = process.argv.slice(2);
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) throw new Error(usage);
  const { isUp, line } = await probe(new URL(address));
  say(line);
  return isUp ? 0 : 1;
}

runCommand(main, usage);
