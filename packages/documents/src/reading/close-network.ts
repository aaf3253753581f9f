import dgram from "node:dgram";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** Takes the ways out of this process away: nothing it does needs one, and Node's permissions do not cover them. */
export function closeNetwork(): void {
  const refuse = () => {
    throw new Error("This process has no network");
  };
  for (const name of ["fetch", "WebSocket", "EventSource"]) Reflect.deleteProperty(globalThis, name);
  // Every client of Node, HTTP and TLS included, connects through these.
  Object.assign(net, { connect: refuse, createConnection: refuse });
  Object.assign(net.Socket.prototype, { connect: refuse });
  Object.assign(dgram, { createSocket: refuse });
  syncBuiltinESMExports();
}
