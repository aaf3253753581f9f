import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { createMemoryStorage } from "./memory-storage";
import { describeStorageContract, listAll } from "./storage-contract";

describeStorageContract("memory", async () => createMemoryStorage());

it("dates objects by the given clock", async () => {
  const storedAt = new Date("2026-05-03T10:00:00Z");
  const storage = createMemoryStorage({ now: () => storedAt });
  await storage.put("a", Readable.from([Buffer.from("x")]));
  expect(await listAll(storage, "")).toEqual([{ key: "a", sizeBytes: 1, storedAt }]);
});
