import { connect } from "node:net";

// node burst.mjs PORT COUNT: opens so many connections at once from a process of its own, says how many stand and after how many milliseconds, and
// holds them until its input ends.
const [port, count] = process.argv.slice(2).map(Number);
const begun = performance.now();
const opened = await Promise.all(
  Array.from(
    { length: count ?? 0 },
    () =>
      new Promise((resolve) => {
        const socket = connect(port ?? 0, "127.0.0.1");
        socket.on("error", () => resolve(0)).once("connect", () => resolve(1));
        socket.resume();
      }),
  ),
);
const standing = opened.reduce((sum, one) => sum + one, 0);
process.stdout.write(
  `${JSON.stringify({ standing, milliseconds: Math.round(performance.now() - begun) })}\n`,
);
process.stdin.resume().once("end", () => process.exit());
