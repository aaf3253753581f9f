// Hashes per second of argon2id alone, with the product's parameters and as many at once: what sign-ins are measured against.
import { argv } from "node:process";
import { hash, verify } from "@node-rs/argon2";

const [seconds = 5, atOnce = 8] = argv.slice(2).map(Number);
const stored = await hash("a password to check", { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
const end = performance.now() + seconds * 1000;
let done = 0;
async function loop() {
  while (performance.now() < end) {
    await verify(stored, "a password to check");
    done += 1;
  }
}
const begin = performance.now();
await Promise.all(Array.from({ length: atOnce }, loop));
console.log(JSON.stringify({ perSecond: (done * 1000) / (performance.now() - begin) }));
