import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { proofName, proofOf } from "../../apps/api/src/cluster/restore-beside";
import { commandNames } from "../../apps/api/src/start/operator-commands";
import { readSettings } from "../../apps/api/src/start/settings";
import { alertsForKubernetes } from "./alert-rules";
import { renderFolder } from "./kubectl";
import { findTypeErrors, type Manifest, modelOf } from "./kubernetes-types";

const kubernetes = resolve(import.meta.dirname, "../../deploy/kubernetes");
const office = new Map<string, Manifest[]>();
const environments = ["development", "staging", "production"] as const;

beforeAll(async () => {
  for (const name of environments) {
    const rendered = await renderFolder(resolve(kubernetes, "overlays", name));
    office.set(
      name,
      parseAllDocuments(rendered).map((document) => document.toJS() as Manifest),
    );
  }
});

describe.each(environments)("the cluster's objects for %s", (name) => {
  const all = () => office.get(name) ?? [];
  const ofKind = (kind: string) => all().filter((manifest) => manifest.kind === kind);
  /** The templates of the pods of Intake itself. */
  const templates = () => [
    ...[...ofKind("Deployment"), ...ofKind("Job")].map(({ spec }) => spec.template),
    ...ofKind("CronJob").map(({ spec }) => spec.jobTemplate.spec.template),
  ];
  const ours = () => templates().flatMap(({ spec }) => spec.containers);

  test("are what their schemas say", async () => {
    expect(all().length).toBeGreaterThan(5);
    for (const manifest of all()) {
      const models = (await import(/* @vite-ignore */ modelOf(manifest))) as Record<
        string,
        new (
          data: unknown,
        ) => { validate(): void }
      >;
      const Model = models[manifest.kind];
      if (!Model) throw new Error(`no model of ${manifest.kind}`);
      expect(
        () => new Model(manifest).validate(),
        `${manifest.kind} ${manifest.metadata.name}`,
      ).not.toThrow();
    }
  });

  test("have no key that their types do not know", () => {
    expect(findTypeErrors(name, all())).toEqual([]);
  }, 60_000);

  test("run as nobody in particular, change nothing but their volumes, and have limits", () => {
    const pods = [...templates(), ...ofKind("StatefulSet").map(({ spec }) => spec.template)].map(
      ({ spec }) => spec,
    );
    expect(pods.length).toBeGreaterThan(0);
    for (const pod of pods) {
      // Only what has an account of its own speaks to the cluster.
      expect(pod.serviceAccountName !== undefined || pod.automountServiceAccountToken === false).toBe(true);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(container.resources.limits.memory).toBeTruthy();
      }
    }
  });

  test("start Intake with settings that it takes", () => {
    const data = ofKind("ConfigMap").find(({ metadata }) => metadata.name.startsWith("office-"))?.data;
    const secrets: Record<string, string> = {
      DATABASE_URL: "postgres://intake_office:secret@database-rw:5432/intake",
      DATABASE_REPLICA_URL: "postgres://intake_office:secret@database-ro:5432/intake",
      DATABASE_MIGRATION_URL: "postgres://intake:secret@database-rw:5432/intake",
      AUTH_SECRET: randomBytes(32).toString("base64"),
      MASTER_KEYS: `2026-11:${randomBytes(32).toString("base64")}`,
      METRICS_TOKEN: randomBytes(16).toString("hex"),
      POSTMARK_TOKEN: "token",
      S3_ACCESS_KEY_ID: "id",
      S3_SECRET_ACCESS_KEY: "secret",
    };
    expect(ours().length).toBeGreaterThan(0);
    for (const { env, image } of ours()) {
      expect(image).toMatch(/^(registry\.example\.com\/)?intake:/);
      const given = env.map((each: { name: string }) => each.name.replace(/_FILE$/, ""));
      const values = Object.fromEntries(given.map((each: string) => [each, secrets[each]]));
      expect(Object.values(values)).not.toContain(undefined);
      expect(readSettings({ ...data, ...values }).mode).toBe(name === "development" ? name : "production");
    }
  });

  test("ask for health where Intake gives it, at the port it serves", () => {
    const source = readFileSync(resolve(kubernetes, "../../apps/api/src/http/health.ts"), "utf8");
    for (const { spec } of ofKind("Deployment")) {
      const [container] = spec.template.spec.containers;
      expect(container.ports).toEqual([{ name: "http", containerPort: 3000 }]);
      for (const probe of ["startupProbe", "livenessProbe", "readinessProbe"]) {
        expect(source).toContain(`"${container[probe].httpGet.path}"`);
        expect(container[probe].httpGet.port).toBe("http");
      }
      expect(container.livenessProbe.httpGet.path).toBe("/livez");
      expect(container.readinessProbe.httpGet.path).toBe("/readyz");
    }
  });

  test("name only secrets, services and volumes that there are, and hold no secret themselves", () => {
    expect(ofKind("Secret")).toEqual([]);
    const services = ofKind("Service").map(({ metadata }) => metadata.name);
    for (const { spec } of ofKind("Ingress"))
      for (const rule of spec.rules)
        for (const { backend } of rule.http.paths) expect(services).toContain(backend.service.name);
    const known = ["office-secrets", "database-office", "database-app"];
    for (const { spec } of templates()) {
      const { containers, volumes } = spec;
      const names = volumes.map((volume: { name: string }) => volume.name);
      for (const mount of containers[0].volumeMounts) expect(names).toContain(mount.name);
      for (const { secret } of volumes) if (secret) expect(known).toContain(secret.secretName);
      for (const { value } of containers[0].env)
        expect(
          containers[0].volumeMounts.some(({ mountPath }: { mountPath: string }) =>
            value.startsWith(`${mountPath}/`),
          ),
        ).toBe(true);
    }
  });
});

test("who speaks to the cluster may do what its command does, to what it is about", () => {
  const objects = office.get("production") ?? [];
  const rulesOf = (name: string) =>
    objects.find(({ kind, metadata }) => kind === "Role" && metadata.name === name)?.rules;
  const group = { apiGroups: ["postgresql.cnpg.io"] };
  expect(rulesOf("note-backup")).toEqual([{ ...group, resources: ["backups"], verbs: ["list"] }]);
  const clusters = { ...group, resources: ["clusters"] };
  expect(rulesOf("prove-restore")).toEqual([
    { ...clusters, resourceNames: ["database", proofName("database")], verbs: ["get"] },
    { ...clusters, resourceNames: [proofName("database")], verbs: ["delete"] },
    { ...clusters, verbs: ["create"] },
  ]);
  const jobs = objects.filter(({ kind }) => kind === "CronJob");
  expect(jobs.map(({ metadata }) => metadata.name)).toEqual(["note-backup", "prove-restore"]);
  for (const { metadata, spec } of jobs) {
    const { spec: pod } = spec.jobTemplate.spec.template;
    expect(pod.serviceAccountName).toBe(metadata.name);
    expect(commandNames).toContain(pod.containers[0].args[0]);
  }
});

test("what is restored for the proof is a cluster, as this database has it, that the policies know", () => {
  for (const name of ["staging", "production"]) {
    const database = (office.get(name) ?? []).find(({ kind }) => kind === "Cluster");
    const proof: Manifest = JSON.parse(JSON.stringify(proofOf(database)));
    expect(findTypeErrors(`proof-${name}`, [proof])).toEqual([]);
    expect(proof.spec.postgresql.parameters).toEqual(database?.spec.postgresql.parameters);
    expect(proof.spec.externalClusters[0].barmanObjectStore.destinationPath).toBe(
      database?.spec.backup.barmanObjectStore.destinationPath,
    );
    const policy = (office.get(name) ?? []).find(
      ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "database",
    );
    expect(policy?.spec.podSelector.matchExpressions[0].values).toContain(proof.metadata.name);
  }
}, 60_000);

test("the database sets nothing that its operator keeps for itself", () => {
  // CloudNativePG, "Fixed parameters": one of these and the whole cluster is refused.
  const kept =
    /^(archive_(mode|command|cleanup_command)|shared_preload_libraries|ssl.*|wal_level|hot_standby|port|listen_addresses|log_(destination|directory|filename)|synchronous_standby_names|restore_command|recovery_.*)$/;
  for (const manifests of office.values())
    for (const { spec } of manifests.filter(({ kind }) => kind === "Cluster"))
      expect(Object.keys(spec.postgresql.parameters).filter((name) => kept.test(name))).toEqual([]);
});

test("only the migration holds the owner of the tables", () => {
  for (const name of ["staging", "production"]) {
    const holders = (office.get(name) ?? []).filter((each) =>
      JSON.stringify(each.spec ?? {}).includes('"database-app"'),
    );
    expect(holders.map(({ metadata }) => metadata.name)).toEqual(["migrate"]);
  }
});

test("everything is refused that no policy allows, and nothing reaches the machine's own services", () => {
  const policies = (office.get("production") ?? []).filter(({ kind }) => kind === "NetworkPolicy");
  const nothing = policies.find(({ metadata }) => metadata.name === "nothing");
  expect(nothing?.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  const worlds = policies
    .filter(({ metadata }) => metadata.name !== "database")
    .flatMap(({ spec }) => spec.egress ?? [])
    .flatMap((rule: { to?: { ipBlock?: { except?: string[] } }[] }) => rule.to ?? [])
    .filter((to) => to.ipBlock);
  expect(worlds.length).toBeGreaterThan(0);
  for (const { ipBlock } of worlds) expect(ipBlock?.except).toContain("169.254.0.0/16");
});

test("the alerts are those of docker/prometheus", () => {
  expect(readFileSync(resolve(kubernetes, "base/alerts.yaml"), "utf8")).toBe(alertsForKubernetes());
});

test("a key that nobody knows is found, deep down too", () => {
  const wrong = structuredClone(office.get("production")?.find(({ kind }) => kind === "Deployment"));
  if (!wrong) throw new Error("no deployment");
  wrong.spec.template.spec.containers[0].livenessProbe.httpGet.pathh = "/livez";
  expect(findTypeErrors("wrong", [wrong]).join("\n")).toContain("pathh");
}, 60_000);
