import { expect, test } from "vitest";
import { decideStatusChange } from "../leads/policy";
import { can, explainDenial, type Permission, permissions, seesResumes } from "./policy";
import { type Role, roles } from "./schema";

function person(role: Role, office = { readOnlySeesResumes: false }) {
  return { role, seesResumes: seesResumes(role, office) };
}

test("what a role may do is one table; what it may not has a sentence of its own", () => {
  expect(can(person("ADMIN"), "resumes.download")).toBe(true);
  expect(can(person("READ_ONLY"), "leads.read")).toBe(true);
  expect(can(person("READ_ONLY"), "resumes.download")).toBe(false);
  const names = Object.keys(permissions).filter((name): name is Permission => name in permissions);
  expect(new Set(names.map(explainDenial)).size).toBe(names.length);
});

test("an office that shows resumes to READ_ONLY shows and gives them, and nothing more", () => {
  const open = { readOnlySeesResumes: true };
  const gained = (role: Role) =>
    Object.keys(permissions)
      .filter((name): name is Permission => name in permissions)
      .filter((name) => can(person(role, open), name) && !can(person(role), name));
  expect(gained("READ_ONLY")).toEqual(["resumes.read", "resumes.download"]);
  for (const role of roles.filter((each) => each !== "READ_ONLY")) expect(gained(role)).toEqual([]);
});

test("a status may be set by who may change leads, and setting it again changes nothing (detail 4.48)", () => {
  expect(decideStatusChange(person("ATTORNEY"), "PENDING", "REACHED_OUT")).toEqual({
    allowed: true,
    changes: true,
  });
  expect(decideStatusChange(person("ADMIN"), "REACHED_OUT", "REACHED_OUT")).toEqual({
    allowed: true,
    changes: false,
  });
  expect(decideStatusChange(person("READ_ONLY"), "PENDING", "REACHED_OUT")).toEqual({ allowed: false });
});
