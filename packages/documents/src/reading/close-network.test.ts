import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** In a process of its own: what is closed stays closed. */
function attempt(code: string): string {
  const module = JSON.stringify(new URL("close-network.ts", import.meta.url).href);
  const program = `
    import net from "node:net";
    import tls from "node:tls";
    import http from "node:http";
    import dgram from "node:dgram";
    const { closeNetwork } = await import(${module});
    closeNetwork();
    try { await (async () => { ${code} })(); console.log("open"); } catch (error) { console.log(error.message); }
    process.exit();
  `;
  return execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }).trim();
}

const closed = "This process has no network";

it.each([
  ["a socket", "net.connect(9, '127.0.0.1')", closed],
  ["a socket made by hand", "new net.Socket().connect(9, '127.0.0.1')", closed],
  ["TLS", "tls.connect(9, '127.0.0.1')", closed],
  ["HTTP", "await new Promise((_, reject) => http.get('http://127.0.0.1:9').on('error', reject))", closed],
  ["a datagram", "dgram.createSocket('udp4')", closed],
  ["fetch", "await fetch('http://127.0.0.1:9')", "fetch is not defined"],
])("closes %s", (_, code, message) => {
  expect(attempt(code)).toBe(message);
});
