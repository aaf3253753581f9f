/** The idempotency key's life: one per content, kept for the tab, so that Back and "send again" never make a second lead. */
import type { LeadFields } from "@intake/core/leads/schema";
import { fingerprintText } from "./fingerprint";
import type { AttachedResume } from "./resume-file";

/** What `sessionStorage` offers; a browser that blocks it gets a memory that lasts as long as the page. */
export interface KeyStore {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const slot = "intake-submission";

/** The key for this content: the earlier one while nothing has changed, a new one after any change. */
export function keyFor(store: KeyStore, content: string, makeKey: () => string = createKey): string {
  const [key, lastContent] = (store.getItem(slot) ?? "").split(" ");
  if (key && lastContent === content) return key;
  const fresh = makeKey();
  store.setItem(slot, `${fresh} ${content}`);
  return fresh;
}

/** After the server said that the key belongs to other content: the next `keyFor` makes a new one. */
export function dropKey(store: KeyStore): void {
  store.removeItem(slot);
}

/** A mark of everything that is sent; holds nothing that could be read back. */
export function markContent(fields: LeadFields, resume: AttachedResume): string {
  const parts = [
    fields.firstName,
    fields.lastName,
    fields.email,
    resume.name,
    resume.sizeBytes,
    resume.fingerprint,
  ];
  return fingerprintText(JSON.stringify(parts));
}

/** The tab's own storage, or a memory where the browser forbids it. */
export function openKeyStore(): KeyStore {
  try {
    const storage = window.sessionStorage;
    storage.getItem(slot);
    return storage;
  } catch {
    const memory = new Map<string, string>();
    return {
      getItem: (name) => memory.get(name) ?? null,
      setItem: (name, value) => void memory.set(name, value),
      removeItem: (name) => void memory.delete(name),
    };
  }
}

/** A random UUID, version 4. `crypto.randomUUID` is missing on plain-http pages, `getRandomValues` is not. */
export function createKey(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, index) => {
    const marked = index === 6 ? (byte & 0x0f) | 0x40 : index === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, "0");
  }).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
