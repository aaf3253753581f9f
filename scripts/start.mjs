// Runs on whatever Node the machine has, so it checks the version before it loads anything newer.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Intake needs Node 20.19 or newer to start; this is Node ${process.versions.node}. Install a newer one from https://nodejs.org and try again.`,
  );
  process.exitCode = 1;
} else {
  const { launch } = await import("./setup/launch.mjs");
  process.exitCode = await launch(process.argv.slice(2));
}
