import { once } from "node:events";
import type { Server, ServerResponse } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { sendRaw } from "../testing/raw-request";
import { readProblem } from "../testing/read-answer";
import { claimPort, PortTakenError } from "./http-server";
import { closeServer } from "./lifecycle";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function claim(port = 0) {
  const claimed = await claimPort(port);
  servers.push(claimed.server);
  return { ...claimed, url: `http://localhost:${claimed.port}` };
}

test("a port is claimed at once, answers 503 while starting, and serves when told", async () => {
  const { server, port, url, serve } = await claim();
  const starting = await fetch(url);
  expect([starting.status, starting.headers.get("retry-after")]).toEqual([503, "2"]);
  await expect(claimPort(port)).rejects.toThrow(PortTakenError);
  serve((_request, response) => void response.end("served"));
  expect(await (await fetch(url)).text()).toBe("served");
  await closeServer(server);
});

describe("closing", () => {
  test("lets a running request finish, and does not wait for idle or silent connections", async () => {
    const { server, port, url, serve } = await claim();
    const running = new Promise<ServerResponse>((resolve) =>
      serve((_request, response) => resolve(response)),
    );
    const silent = connect(port, "localhost");
    await once(silent, "connect");
    const answer = fetch(url);
    const response = await running;
    const closed = closeServer(server);
    await expect(fetch(url)).rejects.toThrow();
    response.end("finished");
    expect(await (await answer).text()).toBe("finished");
    await closed;
  });

  test("ends a request that does not end itself", async () => {
    const { server, url, serve } = await claim();
    const reached = new Promise<void>((resolve) => serve(() => resolve()));
    const answer = fetch(url).catch(() => "cut");
    await reached;
    await closeServer(server);
    expect(await answer).toBe("cut");
  });
});

describe("requests that no handler can see", () => {
  test.each([
    ["headers over 16 KB", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(20_000)}\r\n\r\n`, 431],
    ["noise", "\u0000\u0001 HTTP\r\n\r\n", 400],
    ["a TLS greeting", Buffer.from("160301020001000001fc0303", "hex"), 400],
    ["a header without a colon", "GET / HTTP/1.1\r\nHost x\r\n\r\n", 400],
  ])("%s get a problem document with an id, like all others", async (_name, bytes, status) => {
    const { server, port } = await claim();
    const { text } = await sendRaw(port, bytes);
    const [head = "", body = ""] = text.split("\r\n\r\n");
    const headers = new Headers(
      head
        .split("\r\n")
        .slice(1)
        .map((line): [string, string] => {
          const [name = "", value = ""] = line.split(": ");
          return [name, value];
        }),
    );
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await readProblem(new Response(body, { status, headers }), status);
    await closeServer(server);
  });

  test("what follows an answered request does not get a second answer into the first", async () => {
    const { server, port, serve } = await claim();
    serve((_request, response) => void response.end("first"));
    const { text } = await sendRaw(
      port,
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\u0000\u0000\u0000\r\n\r\n",
    );
    expect(text.match(/HTTP\/1\.1/g)).toHaveLength(1);
    await closeServer(server);
  });
});
