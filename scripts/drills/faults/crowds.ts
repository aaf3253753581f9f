import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openConnections, underAttack, untilClosed } from "./attacks";
import { countDescriptors } from "./product";
import type { ScenarioInput } from "./scenario";

/** Seconds after which a request that does not arrive must have been given up: 60 for all of it, and a look every 30. */
const mostRequestSeconds = 95;

/** 500 requests that never end, then 10,000 connections within a moment. */
export async function crowd(input: ScenarioInput): Promise<string[]> {
  return underAttack(input, async ({ product, submitOne, check, checkHealth, checkRecovery, say }) => {
    const before = await countDescriptors(product.pid());
    const halfOpen = await openConnections(product.url, 500);
    for (const socket of halfOpen) socket.write("POST /api/leads HTTP/1.1\r\nHost: intake\r\nX-Half: ");
    await delay(500);
    await checkHealth(`with ${halfOpen.length} half-open requests`);
    check((await submitOne()) === 201, "a submission beside 500 half-open requests was not taken");
    const left = await untilClosed(halfOpen, mostRequestSeconds);
    check(left === 0, `${left} half-open requests stay open after ${mostRequestSeconds} s`);

    // A process of its own: this one would be too busy to tell how fast health is answered.
    const { port } = new URL(product.url);
    const burst = spawn(process.execPath, [join(import.meta.dirname, "burst.mjs"), port, "10000"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const said = once(burst.stdout, "data");
    await delay(300);
    await checkHealth("while 10,000 connections arrive");
    const { standing, milliseconds } = JSON.parse(String((await said)[0]));
    say(`${standing} of 10,000 connections stand after ${milliseconds} ms`);
    await checkHealth("while they stand");
    check((await submitOne()) === 201, "a submission beside 10,000 connections was not taken");
    burst.stdin.end();
    await once(burst, "exit");
    await checkRecovery("after the burst");
    await delay(2_000);
    const after = await countDescriptors(product.pid());
    check(after <= before + 30, `${after} descriptors after the burst, ${before} before`);
  });
}

/** 100 headers and 300 uploads of ten networks that come one byte a second, 100 of one more: all places for uploads are taken by them. */
export async function dripSlowly(input: ScenarioInput): Promise<string[]> {
  const product = { environment: { RATE_LIMITS: "on" } };
  return underAttack({ ...input, product }, async (attacked) => {
    const { product, office, submitOne, check, checkHealth, checkRecovery, say } = attacked;
    const networks = Array.from({ length: 10 }, (_, index) => `127.0.${index + 1}.1`);
    const headers = await openConnections(product.url, 100);
    const bodies = await Promise.all(networks.map((network) => openConnections(product.url, 30, network)));
    const crowd = await openConnections(product.url, 100, "127.1.0.1");
    const slow = [...headers, ...bodies.flat(), ...crowd];
    for (const socket of headers) socket.write("GET / HTTP/1.1\r\nHost: intake\r\nX-Slow: ");
    for (const socket of [...bodies.flat(), ...crowd]) socket.write(headOfUpload);
    const timer = setInterval(() => {
      for (const socket of slow) if (socket.writable) socket.write("x");
    }, 1_000);
    await delay(8_000);
    await checkHealth("with 500 slow clients");
    const statuses: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) statuses.push(await submitOne());
    say(`submissions beside 400 slow uploads: ${statuses.join(", ")}`);
    check(
      statuses.every((status) => status === 201),
      "slow uploads kept submissions out",
    );
    const left = await untilClosed(slow, mostRequestSeconds);
    clearInterval(timer);
    check(left === 0, `${left} slow clients are still served after ${mostRequestSeconds} s`);
    await checkRecovery("after the slow clients");
    const spooled = await office.spooled();
    check(spooled === 0, `LEAK: ${spooled} half-received files are left`);
  });
}

const headOfUpload = [
  "POST /api/leads HTTP/1.1",
  "Host: intake",
  "Content-Type: multipart/form-data; boundary=slow",
  "Content-Length: 400000",
  "",
  '--slow\r\nContent-Disposition: form-data; name="resume"; filename="cv.pdf"\r\nContent-Type: application/pdf\r\n',
  "%PDF-1.7 ",
].join("\r\n");
