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

    const begun = performance.now();
    const opening = openConnections(product.url, 10_000);
    await delay(100);
    await checkHealth("while 10,000 connections arrive");
    const burst = await opening;
    say(`${burst.length} of 10,000 connections stand after ${(performance.now() - begun).toFixed(0)} ms`);
    await checkHealth("while they stand");
    check((await submitOne()) === 201, "a submission beside 10,000 connections was not taken");
    for (const socket of burst) socket.destroy();
    await checkRecovery("after the burst");
    await delay(2_000);
    const after = await countDescriptors(product.pid());
    check(after <= before + 30, `${after} descriptors after the burst, ${before} before`);
  });
}

/** 100 headers and 190 uploads that come one byte a second, then more uploads at once than are let in. */
export async function dripSlowly(input: ScenarioInput): Promise<string[]> {
  return underAttack(
    input,
    async ({ product, office, submitOne, check, checkHealth, checkRecovery, say }) => {
      const headers = await openConnections(product.url, 100);
      const bodies = await openConnections(product.url, 190);
      for (const socket of headers) socket.write("GET / HTTP/1.1\r\nHost: intake\r\nX-Slow: ");
      for (const socket of bodies) socket.write(headOfUpload);
      const timer = setInterval(() => {
        for (const socket of [...headers, ...bodies]) if (socket.writable) socket.write("x");
      }, 1_000);
      await delay(5_000);
      await checkHealth("with 290 slow clients");
      check((await submitOne()) === 201, "a submission beside 290 slow clients was not taken");
      const more = await openConnections(product.url, 100);
      for (const socket of more) socket.write(headOfUpload);
      await delay(1_000);
      say(`a submission beside 290 slow uploads: ${await submitOne()}`);
      await checkHealth("with 390 slow clients");
      const left = await untilClosed([...headers, ...bodies, ...more], mostRequestSeconds);
      clearInterval(timer);
      check(left === 0, `${left} slow clients are still served after ${mostRequestSeconds} s`);
      await checkRecovery("after the slow clients");
      const spooled = await office.spooled();
      check(spooled === 0, `LEAK: ${spooled} half-received files are left`);
    },
  );
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
