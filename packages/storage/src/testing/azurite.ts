import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AccountSASPermissions,
  ContainerClient,
  generateAccountSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { findFreePort } from "./free-port";
import { endServer, startServer, untilAnswering } from "./server-process";

/** Azurite's account; its key is printed in its documentation and opens nothing else. */
const account = "devstoreaccount1";
const accountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Microsoft's own emulator of Azure Blob Storage, on a free port, with everything in memory. */
export async function startAzurite() {
  const folder = await mkdtemp(join(tmpdir(), "intake-azurite-"));
  const port = await findFreePort();
  const main = createRequire(import.meta.url).resolve("azurite/dist/src/blob/main.js");
  const args = ["--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"];
  const server = startServer(
    process.execPath,
    [main, ...args, "--blobHost", "127.0.0.1", "--blobPort", String(port)],
    folder,
  );
  await untilAnswering(`http://127.0.0.1:${port}/`);
  return {
    port,
    async stop() {
      await endServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** How to reach Azurite, perhaps through a proxy's port, perhaps with a wrong key. */
export function azuriteConnection(port: number, key = accountKey): string {
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};BlobEndpoint=http://127.0.0.1:${port}/${account}`;
}

/** Makes a container as an operator does. */
export async function createContainer(port: number, name: string): Promise<ContainerClient> {
  const container = new ContainerClient(azuriteConnection(port), name);
  await container.create();
  return container;
}

/** The account's address with a token for everything in it. */
export function azuriteAccountUrl(port: number): string {
  const token = generateAccountSASQueryParameters(
    {
      permissions: AccountSASPermissions.parse("rwdl"),
      services: "b",
      resourceTypes: "sco",
      protocol: SASProtocol.HttpsAndHttp,
      expiresOn: new Date(Date.now() + 3_600_000),
    },
    new StorageSharedKeyCredential(account, accountKey),
  );
  return `http://127.0.0.1:${port}/${account}?${token}`;
}
