import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

export interface Cluster {
  /** Of CloudNativePG's objects in our namespace; null when there is none. Throws a sentence when the cluster refuses. */
  ask(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown>;
}

export interface ClusterAddress {
  /** Where Kubernetes puts what a pod's account may use. */
  account: string;
  server: string;
}

const inside: ClusterAddress = {
  account: "/var/run/secrets/kubernetes.io/serviceaccount",
  server: "https://kubernetes.default.svc",
};

/** The cluster this pod runs in, as its service account. Throws a sentence where there is none. */
export function openCluster({ account, server }: ClusterAddress = inside): Cluster {
  const read = (name: string) => readFileSync(join(account, name), "utf8").trim();
  const namespace = readFacts(read);
  const objects = `${server}/apis/postgresql.cnpg.io/v1/namespaces/${namespace}`;
  return {
    async ask(method, path, body) {
      const response = await fetch(`${objects}/${path}`, {
        method,
        // It is changed every hour.
        headers: { Authorization: `Bearer ${read("token")}`, "Content-Type": "application/json" },
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
      if (response.status === 404) return null;
      const answer = await response.text();
      if (!response.ok)
        throw new Error(`The cluster answered ${response.status} to ${method} ${path}: ${messageIn(answer)}`);
      return JSON.parse(answer);
    },
  };
}

/** The namespace; from then on this process believes the cluster's own certificates. */
function readFacts(read: (name: string) => string): string {
  try {
    setDefaultCACertificates([...getCACertificates(), read("ca.crt")]);
    return read("namespace");
  } catch (error) {
    throw new Error("This runs in a cluster only, as a service account that may ask it.", { cause: error });
  }
}

function messageIn(answer: string): string {
  try {
    return String(JSON.parse(answer).message);
  } catch {
    return answer.slice(0, 200);
  }
}
