import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createAzureStorage } from "./azure-storage";
import { describeRemoteFaults } from "./remote-contract";
import { describeStorageContract, listAll } from "./storage-contract";
import { azuriteAccountUrl, azuriteConnection, createContainer, startAzurite } from "./testing/azurite";
import { asStore } from "./testing/encrypted-store";

let azurite: Awaited<ReturnType<typeof startAzurite>>;
beforeAll(async () => {
  azurite = await startAzurite();
}, 60_000);
afterAll(() => azurite?.stop());

async function makeContainer(): Promise<string> {
  const name = randomUUID();
  await createContainer(azurite.port, name);
  return name;
}

const open = async () => {
  const account = { connectionString: azuriteConnection(azurite.port) };
  return createAzureStorage({ container: await makeContainer(), account });
};

describeStorageContract("Azure", open);
describeStorageContract("Azure, encrypted by us", async () => asStore(await open()));

describeRemoteFaults("Azure", {
  port: () => azurite.port,
  makePlace: makeContainer,
  open: ({ place, port, credentials, isPlaceMissing, timeoutSeconds }) => {
    const wrongKey = Buffer.from("another key").toString("base64");
    const connectionString = azuriteConnection(port, credentials === "wrong" ? wrongKey : undefined);
    const container = isPlaceMissing ? "missing" : place;
    return createAzureStorage({
      container,
      account: { connectionString },
      timeoutSeconds,
      putSeconds: timeoutSeconds,
    });
  },
});

it("opens an account by its address and a SAS token", async () => {
  const container = await makeContainer();
  const storage = createAzureStorage({ container, account: { url: azuriteAccountUrl(azurite.port) } });
  await storage.check();
  await storage.put("a/b", createReadStream(import.meta.filename));
  expect(await listAll(storage, "")).toMatchObject([{ key: "a/b" }]);
});
