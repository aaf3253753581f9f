/**
 * A short mark of some bytes (cyrb53, 53 bits): tells "unchanged" from "changed" within one tab. Not a security measure,
 * the server compares for itself; unlike `crypto.subtle` it also works on an office's plain-http test machine.
 */
export function fingerprintBytes(bytes: Uint8Array): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const byte of bytes) {
    high = Math.imul(high ^ byte, 2654435761);
    low = Math.imul(low ^ byte, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}

export function fingerprintText(text: string): string {
  return fingerprintBytes(new TextEncoder().encode(text));
}
