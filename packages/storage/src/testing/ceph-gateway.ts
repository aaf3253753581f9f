import { type ChildProcess, execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { findFreePort } from "./free-port";
import { endServer, startServer, untilAnswering } from "./server-process";

const run = promisify(execFile);

/** A user of the gateway; `maxBytes` is the quota of all its buckets together. */
export interface GatewayUser {
  name: string;
  maxBytes?: number;
}

/**
 * A whole Ceph cluster of one monitor, one object store in memory and one S3 gateway, in a temporary folder on free ports. It is a
 * real S3 server: it checks signatures, hashes and quotas.
 */
export async function startCephGateway() {
  const folder = await mkdtemp(join(tmpdir(), "intake-ceph-"));
  const port = await findFreePort();
  const servers: ChildProcess[] = [];
  const ceph = (command: string, ...args: string[]) =>
    run(command, ["--conf", "ceph.conf", ...args], { cwd: folder, timeout: 60_000 });
  const serve = (command: string, ...args: string[]) => {
    servers.push(startServer(command, ["--conf", "ceph.conf", "-f", ...args], folder));
  };
  const stop = async () => {
    await Promise.all(servers.map(endServer));
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const cluster = randomUUID();
    const monitor = `v2:127.0.0.1:${await findFreePort()},v1:127.0.0.1:${await findFreePort()}`;
    await mkdir(join(folder, "mon"));
    await mkdir(join(folder, "osd"));
    await writeFile(join(folder, "ceph.conf"), clusterSettings({ folder, cluster, monitor, port }));
    await writeFile(join(folder, "keyring"), "");
    for (const [name, ...caps] of keyring)
      await ceph("ceph-authtool", "keyring", "--gen-key", "--name", name, ...caps);
    await ceph("monmaptool", "--create", "--fsid", cluster, "--addv", "a", `[${monitor}]`, "monmap");
    await ceph("ceph-mon", "--mkfs", "--id", "a", "--monmap", "monmap", "--keyring", "keyring");
    serve("ceph-mon", "--id", "a");
    const store = randomUUID();
    await ceph("ceph", "osd", "new", store);
    await ceph("ceph-osd", "--mkfs", "--id", "0", "--osd-uuid", store);
    serve("ceph-osd", "--id", "0");
    serve("radosgw", "--name", "client.admin");
    await untilAnswering(`http://127.0.0.1:${port}/`);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    port,
    stop,
    /** A user with keys and a bucket of that name. */
    async createUser({ name, maxBytes }: GatewayUser) {
      const credentials = { accessKeyId: `key-${name}`, secretAccessKey: randomUUID() };
      const keys = ["--access-key", credentials.accessKeyId, "--secret-key", credentials.secretAccessKey];
      await ceph("radosgw-admin", "user", "create", "--uid", name, "--display-name", name, ...keys);
      await createBucket(port, name, credentials);
      if (maxBytes === undefined) return credentials;
      const quota = ["--quota-scope", "user", "--uid", name];
      await ceph("radosgw-admin", "quota", "set", ...quota, "--max-size", String(maxBytes));
      await ceph("radosgw-admin", "quota", "enable", ...quota);
      return credentials;
    },
  };
}

export type CephGateway = Awaited<ReturnType<typeof startCephGateway>>;

/** The one key the gateway's key service knows. */
export const kmsKeyId = "test-key";

const keyring = [
  ["client.admin", "--cap", "mon", "allow *", "--cap", "osd", "allow *"],
  ["mon.", "--cap", "mon", "allow *"],
  ["osd.0", "--cap", "mon", "allow profile osd", "--cap", "osd", "allow *"],
] as const;

function clusterSettings(input: { folder: string; cluster: string; monitor: string; port: number }): string {
  return `[global]
fsid = ${input.cluster}
mon host = [${input.monitor}]
mon initial members = a
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = ${input.folder}/keyring
run dir = ${input.folder}
admin socket = ${input.folder}/$name.$pid.asok
log file =
mon cluster log file =
mon data = ${input.folder}/mon
mon data avail crit = 0
osd data = ${input.folder}/osd
osd objectstore = memstore
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
osd crush chooseleaf type = 0
rgw data = ${input.folder}
rgw frontends = beast endpoint=127.0.0.1:${input.port}
rgw user quota bucket sync interval = 0
rgw bucket quota ttl = 0
rgw crypt require ssl = false
rgw crypt s3 kms backend = testing
rgw crypt s3 kms encryption keys = ${kmsKeyId}=${Buffer.alloc(32, 7).toString("base64")}
`;
}

async function createBucket(
  port: number,
  Bucket: string,
  credentials: { accessKeyId: string; secretAccessKey: string },
): Promise<void> {
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket }));
  client.destroy();
}
