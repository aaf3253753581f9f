import { runChecks } from "./test/run-checks.mjs";

process.exitCode = await runChecks(process.argv.slice(2));
