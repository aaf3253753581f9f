import { expect, test } from "vitest";
import { createUploadGate, type UploadPlace } from "./upload-gate";

const addressOf = (index: number) => `10.${index >> 8}.${index & 255}.9`;

/** A gate whose clock a test moves, and uploads that stay until the test ends. */
function openGate(options: { isRateLimited?: boolean } = {}) {
  let milliseconds = 0;
  const gate = createUploadGate({ ...options, now: () => milliseconds });
  return {
    wait: (seconds: number) => {
      milliseconds += seconds * 1000;
    },
    /** Resolves once the upload is in, and throws when it is not let in. */
    async enter(ip: string) {
      const socket = { bytesRead: 0 };
      const entered = Promise.withResolvers<UploadPlace>();
      const left = Promise.withResolvers<void>();
      const passing = gate.pass({ ip, socket }, async (place) => {
        entered.resolve(place);
        await left.promise;
      });
      passing.catch(entered.reject);
      const place = await entered.promise;
      place.arriving();
      return { ...place, socket, leave: () => left.resolve(), passing };
    },
  };
}

test("the 201st is asked to come back, and is let in once one has left", async () => {
  const gate = openGate();
  const uploads = await Promise.all(Array.from({ length: 200 }, (_, index) => gate.enter(addressOf(index))));
  await expect(gate.enter("192.0.2.1")).rejects.toMatchObject({
    code: "SERVICE_UNAVAILABLE",
    retryAfterSeconds: 5,
  });
  uploads[7]?.leave();
  await uploads[7]?.passing;
  await gate.enter("192.0.2.1");
});

test("where all places are taken, the slowest gives way, and none that is fast enough, just begun or already whole", async () => {
  const gate = openGate();
  const uploads = await Promise.all(Array.from({ length: 200 }, (_, index) => gate.enter(addressOf(index))));
  gate.wait(4);
  await expect(gate.enter("192.0.2.1")).rejects.toThrow();
  gate.wait(6);
  for (const [index, upload] of uploads.entries())
    upload.socket.bytesRead = index < 3 ? 1_000 * index : 200_000;
  uploads[0]?.arrived();
  await gate.enter("192.0.2.1");
  const gone = () => uploads.flatMap(({ signal }, index) => (signal.aborted ? index : []));
  expect(gone()).toEqual([1]);
  expect(uploads[1]?.signal.reason).toMatchObject({ code: "SERVICE_UNAVAILABLE", retryAfterSeconds: 5 });
  await gate.enter("192.0.2.2");
  expect(gone()).toEqual([1, 2]);
  await expect(gate.enter("192.0.2.3")).rejects.toThrow();
});

test("a network has a quarter of the places, however many addresses it has", async () => {
  const gate = openGate();
  for (let index = 0; index < 50; index += 1) await gate.enter(`2001:db8:1:${index}::7`);
  await expect(gate.enter("2001:db8:1:ffff::7")).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  await gate.enter("2001:db8:2::7");
  const unlimited = openGate({ isRateLimited: false });
  for (let index = 0; index < 60; index += 1) await unlimited.enter("192.0.2.1");
});
