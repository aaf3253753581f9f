import { expect, test } from "vitest";
import { decideStatusChange } from "../leads/policy";
import { can, explainDenial, type Permission, permissions } from "./policy";

test("what a role may do is one table; what it may not has a sentence of its own", () => {
  expect(can("ADMIN", "resumes.download")).toBe(true);
  expect(can("READ_ONLY", "leads.read")).toBe(true);
  expect(can("READ_ONLY", "resumes.download")).toBe(false);
  const names = Object.keys(permissions).filter((name): name is Permission => name in permissions);
  expect(new Set(names.map(explainDenial)).size).toBe(names.length);
});

test("a status may be set by who may change leads, and setting it again changes nothing (detail 4.48)", () => {
  expect(decideStatusChange("ATTORNEY", "PENDING", "REACHED_OUT")).toEqual({ allowed: true, changes: true });
  expect(decideStatusChange("ADMIN", "REACHED_OUT", "REACHED_OUT")).toEqual({
    allowed: true,
    changes: false,
  });
  expect(decideStatusChange("READ_ONLY", "PENDING", "REACHED_OUT")).toEqual({ allowed: false });
});
