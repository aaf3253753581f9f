import { type Permission, permissions, roleWords } from "@intake/core/auth/policy";
import { listProcedures } from "./list-procedures";
import type { Access } from "./procedures";

/** Operations that are routes of the host instead of procedures. A test holds each of them to what its route enforces. */
const accessOfRoutes: Record<string, Access> = {
  "leads-submit": "public",
  "leads-resume": "resumes.download",
  "leads-add-resume": "resumes.add",
  "audit-export": "audit.export",
  "leads-export": "leads.export",
};

interface AccessDescription {
  "x-permission"?: Access;
  description?: string;
}

/**
 * Who may call an operation, from what its procedure enforces: `x-permission` for programs and a sentence for people. An operation that
 * is neither a procedure nor a known route gets nothing, and a test fails on it.
 */
export function describeAccess(operation: {
  operationId?: string | undefined;
  description?: string | undefined;
}): AccessDescription {
  const access = accessOf(operation.operationId ?? "");
  if (access === undefined) return {};
  return {
    "x-permission": access,
    description: [operation.description, sentenceOf(access)].filter(Boolean).join("\n\n"),
  };
}

function accessOf(operationId: string): Access | undefined {
  const procedure = listProcedures().find(({ path }) => path.replaceAll(".", "-") === operationId);
  return procedure ? procedure.access : accessOfRoutes[operationId];
}

function sentenceOf(access: Access): string {
  switch (access) {
    case "public":
      return "Anybody may call this.";
    case "signed-in":
      return "Everybody who is signed in may call this, and every API key.";
    case "person":
      return "Every person who is signed in may call this, never an API key.";
    default:
      return `Needs the permission \`${access}\`: ${rolesWith(access)}.`;
  }
}

function rolesWith(permission: Permission): string {
  return permissions[permission].map((role) => roleWords[role]).join(", ");
}
