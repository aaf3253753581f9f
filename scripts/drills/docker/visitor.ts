import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { setDefaultCACertificates } from "node:tls";

/** A lead that the office has acknowledged. */
export interface Acknowledged {
  id: string;
  sha256: string;
}

/** From here on this process believes the proxy's own certificate authority. */
export function trust(certificate: string): void {
  setDefaultCACertificates([certificate]);
}

/** Sends the form. Throws unless the office acknowledges it, with another file each time. */
export async function submitLead(url: string, resume: string, number: number): Promise<Acknowledged> {
  const content = Buffer.concat([await readFile(resume), Buffer.from(`\n% ${number}\n`)]);
  const form = new FormData();
  const fields = { firstName: "Drill", lastName: `Lead ${number}`, email: `drill${number}@mail.example` };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("resume", new File([new Uint8Array(content)], "cv.pdf", { type: "application/pdf" }));
  const answer = await fetch(`${url}/api/leads`, { method: "POST", body: form });
  if (answer.status !== 201)
    throw new Error(`the form was answered with ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  const { id } = (await answer.json()) as { id: string };
  return { id, sha256: createHash("sha256").update(content).digest("hex") };
}

const admin = { email: "drill@office.example", password: "seven quiet green herons" };

const post = (url: string, path: string, body: unknown) => {
  const headers = { "Content-Type": "application/json", Origin: url, "X-Requested-With": "intake" };
  return fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
};

/** Opens the set-up link as the first admin does. */
export async function becomeAdmin(url: string, link: string): Promise<void> {
  const person = { ...admin, token: new URL(link).hash.slice(1), name: "Drill Admin" };
  const made = await post(url, "/trpc/auth.createFirstAdmin", person);
  if (!made.ok) throw new Error(`the set-up link was answered with ${made.status}: ${await made.text()}`);
}

/** An access token of the admin; it lasts five minutes. */
export async function signIn(url: string): Promise<string> {
  const answer = await post(url, "/api/auth/login", admin);
  if (!answer.ok) throw new Error(`the sign-in was answered with ${answer.status}`);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

/** What staff see of a lead; null when it is not there. */
export async function readLead(url: string, token: string, id: string) {
  const answer = await fetch(`${url}/api/leads/${id}`, { headers: { Authorization: `Bearer ${token}` } });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`a lead was answered with ${answer.status}`);
  return (await answer.json()) as { id: string; resume: { sha256: string; scanState: string } };
}

/** People at the form and on the page until `stop`, below the form's limit for one address. Counts what went wrong. */
export function startVisiting(url: string, resume: string) {
  const acknowledged: Acknowledged[] = [];
  const failures: string[] = [];
  let [isOver, requests] = [false, 0];
  const attempt = async <Result>(action: () => Promise<Result>): Promise<Result | null> => {
    requests++;
    return action().catch((error: unknown) => {
      failures.push(error instanceof Error ? `${error.message} ${String(error.cause ?? "")}` : String(error));
      return null;
    });
  };
  const read = async () => {
    while (!isOver) {
      await attempt(async () => {
        const answer = await fetch(`${url}/`);
        await answer.text();
        if (answer.status !== 200) throw new Error(`the form's page was answered with ${answer.status}`);
      });
      await delay(20);
    }
  };
  const send = async () => {
    for (let number = 1_000; !isOver; number++) {
      const lead = await attempt(() => submitLead(url, resume, number));
      if (lead) acknowledged.push(lead);
      await delay(1_200);
    }
  };
  const visitors = [read(), read(), read(), read(), send()];
  return {
    acknowledged,
    failures,
    async stop() {
      isOver = true;
      await Promise.all(visitors);
      return requests;
    },
  };
}
