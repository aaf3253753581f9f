import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { StorageUnavailableError } from "@intake/core/ports/storage";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { describeRemoteFaults } from "./remote-contract";
import { createS3Storage, type S3StorageInput } from "./s3-storage";
import { describeStorageContract, listAll } from "./storage-contract";
import { type CephGateway, kmsKeyId, startCephGateway } from "./testing/ceph-gateway";
import { asStore } from "./testing/encrypted-store";
import { explainMissingCeph } from "./testing/find-ceph";
import { startLyingProxy } from "./testing/lying-proxy";

const missing = await explainMissingCeph();
if (missing) process.stderr.write(`The tests of S3 on a real server are skipped: ${missing}\n`);
const bucket = "resumes";
let gateway: CephGateway;
let credentials: { accessKeyId: string; secretAccessKey: string };

describe.skipIf(missing)(missing ? `S3: not tested, ${missing}` : "S3, on Ceph's gateway", () => {
  beforeAll(async () => {
    gateway = await startCephGateway();
    credentials = await gateway.createUser({ name: bucket });
  }, 180_000);
  afterAll(() => gateway?.stop());

  const clientSettings = () => ({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${gateway.port}`,
    forcePathStyle: true,
    credentials,
  });
  const open = (change: Partial<S3StorageInput> = {}) =>
    createS3Storage({
      bucket,
      region: "us-east-1",
      endpoint: `http://127.0.0.1:${gateway.port}`,
      credentials,
      isPathStyle: true,
      checksums: "WHEN_REQUIRED",
      encryption: null,
      // A fresh place for each test.
      prefix: `${randomUUID()}/`,
      ...change,
    });

  describeStorageContract("S3", async () => open());

  describeRemoteFaults("S3", {
    port: () => gateway.port,
    makePlace: async () => `${randomUUID()}/`,
    open: (access) =>
      open({
        prefix: access.place,
        endpoint: `http://127.0.0.1:${access.port}`,
        credentials:
          access.credentials === "wrong" ? { ...credentials, secretAccessKey: "another" } : credentials,
        bucket: access.isPlaceMissing ? "missing" : bucket,
        timeoutSeconds: access.timeoutSeconds,
        putSeconds: access.timeoutSeconds,
      }),
  });

  describeStorageContract("S3 with SHA-256", async () => open({ checksums: "WHEN_SUPPORTED" }));

  describeStorageContract("S3, encrypted by us", async () => asStore(open()));

  it("encrypts with a key of the service, and still proves what lies there", async () => {
    const prefix = `${randomUUID()}/`;
    const storage = open({ prefix, encryption: { algorithm: "aws:kms", keyId: kmsKeyId } });
    await storage.put("a/b", createReadStream(import.meta.filename));
    expect(await text(await storage.get("a/b"))).toContain("describeStorageContract");
    const client = new S3Client(clientSettings());
    const { ServerSideEncryption, SSEKMSKeyId } = await client.send(
      new HeadObjectCommand({ Bucket: bucket, Key: `${prefix}a/b` }),
    );
    client.destroy();
    expect({ ServerSideEncryption, SSEKMSKeyId }).toEqual({
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: kmsKeyId,
    });
  });

  it.each(["right", "wrong"])("compares SHA-256, where the service gives the %s one", async (kind) => {
    const content = kind === "right" ? await readFile(import.meta.filename) : "another";
    const sha256 = createHash("sha256").update(content).digest("base64");
    const proxy = await startLyingProxy(gateway.port, { claims: { "x-amz-checksum-sha256": sha256 } });
    onTestFinished(() => proxy.stop());
    const prefix = `${randomUUID()}/`;
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    const storage = open({ prefix, endpoint, checksums: "WHEN_SUPPORTED" });
    const put = storage.put("a/b", createReadStream(import.meta.filename));
    const read = async () => text(await storage.get("a/b"));
    if (kind === "right") {
      await put;
      expect(await read()).toContain("describeStorageContract");
    } else {
      await expect(put).rejects.toMatchObject({
        cause: { message: "The stored object is not what was sent" },
      });
      // The bytes did arrive; on the way back they are no more believed.
      await expect(read()).rejects.toThrow(StorageUnavailableError);
    }
  });

  it("says so when the quota is used up", async () => {
    const small = await gateway.createUser({ name: "small", maxBytes: 1024 * 1024 });
    const storage = open({ bucket: "small", credentials: small });
    const megabytes = (count: number) => Readable.from([Buffer.alloc(count * 1024 * 1024)]);
    await storage.put("small", Readable.from([Buffer.from("fits")]));
    await expect(storage.put("large", megabytes(2))).rejects.toThrow(StorageUnavailableError);
    expect(await listAll(storage, "")).toMatchObject([{ key: "small" }]);
  });

  it("leaves other things in the bucket alone", async () => {
    const prefix = `${randomUUID()}/`;
    const client = new S3Client(clientSettings());
    // What the web consoles make when somebody creates a folder, and what somebody put there by hand.
    for (const key of ["resumes/", "resumes/Read me.txt"])
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: prefix + key, ContentLength: 0, Body: "" }),
      );
    client.destroy();
    const storage = open({ prefix });
    await storage.put("resumes/ours", Readable.from([Buffer.from("x")]));
    expect(await listAll(storage, "resumes/")).toMatchObject([{ key: "resumes/ours" }]);
  });
});
