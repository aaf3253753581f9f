import { afterEach, describe, expect, it, vi } from "vitest";
import { createKey, dropKey, type KeyStore, keyFor, markContent } from "./submission-key";

function memory(): KeyStore {
  const map = new Map<string, string>();
  return {
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
    removeItem: (name) => void map.delete(name),
  };
}

const fields = { firstName: "Minh Khai", lastName: "Nguyễn Thị", email: "a@x.co" };
const resume = {
  name: "CV.pdf",
  sizeBytes: 4,
  format: "PDF" as const,
  bytes: new Blob(["1234"]),
  fingerprint: "abc",
};

afterEach(() => vi.unstubAllGlobals());

describe("the key's life", () => {
  it("is the same while nothing changes, across page loads of the tab", () => {
    const store = memory();
    const content = markContent(fields, resume);
    const key = keyFor(store, content);
    expect(keyFor(store, markContent({ ...fields }, { ...resume }))).toBe(key);
  });

  it.each([
    ["first name", { ...fields, firstName: "Minh" }, resume],
    ["last name", { ...fields, lastName: "Nguyen" }, resume],
    ["email", { ...fields, email: "b@x.co" }, resume],
    ["file name", fields, { ...resume, name: "CV2.pdf" }],
    ["file content", fields, { ...resume, fingerprint: "abd" }],
  ])("changes with the %s", (_what, otherFields, otherResume) => {
    const store = memory();
    const key = keyFor(store, markContent(fields, resume));
    expect(keyFor(store, markContent(otherFields, otherResume))).not.toBe(key);
  });

  it("does not mix up neighbouring fields", () => {
    const shifted = { ...fields, firstName: "Minh", lastName: "Khai Nguyễn Thị" };
    expect(markContent(shifted, resume)).not.toBe(markContent(fields, resume));
  });

  it("is new after the server refused it", () => {
    const store = memory();
    const key = keyFor(store, "content");
    dropKey(store);
    expect(keyFor(store, "content")).not.toBe(key);
  });

  it("keeps nothing readable in the tab", () => {
    const store = memory();
    const kept: string[] = [];
    keyFor({ ...store, setItem: (_name, value) => kept.push(value) }, markContent(fields, resume));
    expect(kept.join()).not.toMatch(/Minh|a@x\.co|CV/);
  });
});

describe("createKey", () => {
  it("makes UUIDs, also where crypto.randomUUID is missing", () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    expect(createKey()).toMatch(uuid);
    const real = globalThis.crypto;
    vi.stubGlobal("crypto", {
      getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => real.getRandomValues(bytes),
    });
    expect(createKey()).toMatch(uuid);
    expect(createKey()).not.toBe(createKey());
  });
});
