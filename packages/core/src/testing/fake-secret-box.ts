import type { SecretBox } from "../ports/secret-box";

/** Encodes instead of encrypting, and holds a secret to its place. The real box is tested in packages/storage. */
export function createFakeSecretBox(): SecretBox {
  const prefix = "fake:";
  return {
    prefix,
    seal: async (secret) => prefix + Buffer.from(JSON.stringify(secret)).toString("hex"),
    async unseal({ place, text }) {
      const secret = JSON.parse(Buffer.from(text.slice(prefix.length), "hex").toString());
      if (!text.startsWith(prefix) || secret.place !== place)
        throw new Error("This secret belongs elsewhere");
      return secret.text;
    },
  };
}
