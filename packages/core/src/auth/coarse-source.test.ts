import { expect, test } from "vitest";
import { coarseSource } from "./coarse-source";

test.each([
  ["81.2.69.142", "81.2.69.0/24"],
  ["::ffff:81.2.69.142", "81.2.69.0/24"],
  ["2001:0DB8:85a3:1::8a2e:370:7334", "2001:db8:85a3::/48"],
  ["2001:db8::1", "2001:db8:0::/48"],
  ["::1", "127.0.0.0/24"],
  ["unknown", null],
])("%s → %s", (address, network) => {
  expect(coarseSource(address)).toBe(network);
});
