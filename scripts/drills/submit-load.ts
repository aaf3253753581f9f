import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** A submission that the server has acknowledged. */
export interface Acknowledged {
  id: string;
  /** SHA-256 of the file, as sent. */
  sha256: string;
  /** When the answer came, milliseconds. */
  at: number;
}

export interface SubmitLoad {
  acknowledged: Acknowledged[];
  /** Resolves when no request is under way any more. */
  stop(): Promise<void>;
}

/** Submits from several clients at once until it is stopped; failures are tried again after a moment. */
export function startSubmitting(input: { url: string; resume: string; clients: number }): SubmitLoad {
  const acknowledged: Acknowledged[] = [];
  let isOver = false;
  const clients = Array.from({ length: input.clients }, async (_, client) => {
    const resume = await readFile(input.resume);
    for (let number = 0; !isOver; number++) {
      // Each file is another: what comes back cannot be a neighbour's.
      const content = Buffer.concat([resume, Buffer.from(`\n% ${client} ${number}\n`)]);
      const form = new FormData();
      const fields = {
        firstName: "Drill",
        lastName: `Client ${client}`,
        email: `drill${client}@mail.example`,
      };
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set("resume", new File([new Uint8Array(content)], "cv.pdf", { type: "application/pdf" }));
      const id = await submit(input.url, form);
      const sha256 = createHash("sha256").update(content).digest("hex");
      if (id) acknowledged.push({ id, sha256, at: Date.now() });
      else await delay(50);
    }
  });
  return {
    acknowledged,
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

async function submit(url: string, body: FormData): Promise<string | null> {
  try {
    const answer = await fetch(`${url}/api/leads`, { method: "POST", body });
    return answer.status === 201 ? String(((await answer.json()) as { id: unknown }).id) : null;
  } catch {
    return null;
  }
}
