import { expect, test } from "vitest";
import { readClamdAddress } from "./clamd-address";
import { readVerdict, readVersion } from "./clamd-answer";

test.each([
  ["stream: OK\0", "clean"],
  ["stream: Win.Test.EICAR_HDB-1 FOUND\0", "infected"],
  ["stream: Heuristics.OLE2.ContainsMacros.VBA FOUND\0", "infected"],
  ["stream: Heuristics.Encrypted.Zip FOUND\0", "unscannable"],
  ["stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "unscannable"],
  ["", "unavailable"],
  ["stream: OK", "unavailable"],
  ["stream: OK\n", "unavailable"],
  ["stream: OK\0\0", "unavailable"],
  ["stream: OK\0stream: X FOUND\0", "unavailable"],
  [" stream: OK\0", "unavailable"],
  ["stream: ok\0", "unavailable"],
  ["1: stream: OK\0", "unavailable"],
  ["stream:  FOUND", "unavailable"],
  ["stream: X FOUND", "unavailable"],
  ["INSTREAM size limit exceeded. ERROR\0", "unavailable"],
  ["stream: Can't allocate memory ERROR\0", "unavailable"],
])("%j is %s", (answer, verdict) => {
  expect(readVerdict(answer).verdict).toBe(verdict);
});

test("reasons are readable and harmless", () => {
  expect(readVerdict("stream: Heuristics.OLE2.ContainsMacros.VBA FOUND\0")).toMatchObject({
    reason: "contains macros (Heuristics.OLE2.ContainsMacros.VBA)",
  });
  expect(readVerdict('stream: <b onclick="x">\u0007\u00e9 FOUND\0')).toMatchObject({
    reason: "_b onclick__x____",
  });
});

test.each([
  ["ClamAV 1.4.6\0", "1.4.6"],
  ["ClamAV 1.4.6/27815/Mon Nov 24 09:12:01 2026\0", "1.4.6/27815"],
  ["ClamAV 1.4.6", null],
  ["UNKNOWN COMMAND\0", null],
])("version %j is %j", (answer, version) => {
  expect(readVersion(answer)).toBe(version);
});

test.each([
  ["tcp://clamav:3310", { host: "clamav", port: 3310 }],
  ["tcp://[::1]:3310", { host: "::1", port: 3310 }],
  ["unix:/run/clamd.sock", { path: "/run/clamd.sock" }],
  ["unix:clamd.sock", null],
  ["tcp://clamav", null],
  ["tcp://clamav:0", null],
  ["tcp://clamav:65536", null],
  ["http://clamav:3310", null],
])("address %j", (address, options) => {
  expect(readClamdAddress(address)).toEqual(options);
});
