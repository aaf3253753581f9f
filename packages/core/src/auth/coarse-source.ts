import { isIPv4, isIPv6 } from "node:net";

/** The network an address belongs to, all that events and session lists keep of it: `81.2.69.0/24`, `2001:db8:1::/48`. Null when it is no address. */
export function coarseSource(address: string): string | null {
  if (address === "::1") return coarseSource("127.0.0.1");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  if (isIPv4(mapped)) return `${mapped.split(".").slice(0, 3).join(".")}.0/24`;
  if (!isIPv6(address)) return null;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === "" ? 0 : tail.split(":").length);
  const whole = [
    ...groups,
    ...Array.from({ length: Math.max(0, missing) }, () => "0"),
    ...(tail ? tail.split(":") : []),
  ];
  return `${whole
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, "").toLowerCase())
    .join(":")}::/48`;
}
