import { z } from "zod";
import { optional } from "./variable";

const recipient = z.union([z.email(), z.string().regex(/^@[a-z0-9-]+(\.[a-z0-9-]+)+$/i)]);

/** An installation to try things out: it says so on every page, and its mail goes to nobody but those named. */
export const stagingVariables = {
  STAGING: optional(z.enum(["on", "off"])),
  STAGING_RECIPIENTS: optional(
    z
      .string()
      .refine(
        (value) => listOf(value).every((entry) => recipient.safeParse(entry).success),
        "must be email addresses or @domains, separated by commas",
      ),
  ),
};

const environmentSchema = z.object(stagingVariables);
type Environment = z.output<typeof environmentSchema>;

export function findStagingProblems(env: Environment): string[] {
  return env.STAGING_RECIPIENTS && env.STAGING !== "on" ? ["STAGING_RECIPIENTS needs STAGING=on"] : [];
}

/** Whom mail may reach; null outside staging. Only for an environment without problems. */
export function readStaging(env: Environment): { recipients: string[] } | null {
  return env.STAGING === "on" ? { recipients: listOf(env.STAGING_RECIPIENTS ?? "") } : null;
}

function listOf(value: string): string[] {
  return value
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}
