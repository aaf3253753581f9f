import type { SecretBox } from "@intake/core/ports/secret-box";
import type { MasterKeys } from "./master-keys";
import { openBytes, sealBytes } from "./sealed-message";

const version = "v2";

/** Seals as `v2 <name of the master key> <message in base64>`. */
export function createSecretBox(masterKeys: MasterKeys): SecretBox {
  const key = masterKeys.current;
  const prefix = `${version} ${key.name} `;
  return {
    prefix,
    async seal({ place, text }) {
      const message = await sealBytes({ key, binding: bindingOf(place) }, Buffer.from(text));
      return prefix + Buffer.concat(message).toString("base64");
    },
    async unseal({ place, text }) {
      const [found, name, message] = text.split(" ");
      if (found !== version || !name || !message) throw altered(new Error("It is not a sealed secret"));
      const opening = { key: masterKeys.find(name), binding: bindingOf(place), altered };
      return (await openBytes(opening, Buffer.from(message, "base64"))).toString("utf8");
    },
  };
}

function bindingOf(place: string) {
  return { purpose: "secret", place };
}

function altered(cause: unknown): Error {
  return new Error("This secret is not as it was sealed", { cause });
}
