import { type Database, Prisma } from "@intake/db/database";
import { z } from "zod";
import { canBeAssigned, isAway } from "../assignment/policy";
import { roleSchema } from "../auth/schema";
import type { Context } from "../context";
import { queryPreparedRows } from "../sql";
import { type AssignmentMode, assignmentModeSchema, type BusinessHours, openWeekSchema } from "./schema";

/** When the office works, how soon it wants to have answered, and whose a new lead becomes. */
export interface OfficeRules {
  hours: BusinessHours;
  /** Business minutes. */
  targetMinutes: number;
  mode: AssignmentMode;
  /** Who takes leads now, in a fixed order: active, willing, allowed and not away. */
  takerIds: string[];
}

const rowSchema = z.object({
  week: openWeekSchema,
  holidays: z.array(z.string()),
  target: z.number(),
  mode: assignmentModeSchema,
  people: z.array(
    z.object({
      id: z.string(),
      role: roleSchema,
      timeZone: z.string(),
      awayFrom: z.string().nullable(),
      awayUntil: z.string().nullable(),
    }),
  ),
});

type RulesContext = Pick<Context, "db" | "settings" | "now">;

/** How long the rules are remembered, in milliseconds: submissions ask for them hundreds of times a second. */
const rememberedFor = 1000;
const remembered = new WeakMap<Database["pool"], { at: number; rules: Promise<OfficeRules> }>();

/** The office's rules as they are, or were at most a second ago when another instance changed them. */
export function readOfficeRules(ctx: RulesContext): Promise<OfficeRules> {
  const { pool } = ctx.db;
  const at = ctx.now().getTime();
  const known = remembered.get(pool);
  if (known && known.at <= at && at - known.at < rememberedFor) return known.rules;
  const rules = queryOfficeRules(ctx);
  const entry = { at, rules };
  remembered.set(pool, entry);
  rules.catch(() => {
    if (remembered.get(pool) === entry) remembered.delete(pool);
  });
  return rules;
}

/** For whoever changed them: the next reader asks anew. */
export function forgetOfficeRules({ db }: Pick<Context, "db">): void {
  remembered.delete(db.pool);
}

/** The rules at this very moment. */
export async function queryOfficeRules(ctx: RulesContext): Promise<OfficeRules> {
  const [office] = await queryPreparedRows<unknown>(
    ctx.db,
    Prisma.sql`SELECT business_hours AS week, response_target_minutes AS target, assignment_mode AS mode,
        ARRAY(SELECT day::text FROM holidays ORDER BY day) AS holidays,
        coalesce((SELECT jsonb_agg(jsonb_build_object('id', id, 'role', role, 'timeZone', time_zone,
          'awayFrom', away_from, 'awayUntil', away_until) ORDER BY id)
          FROM users WHERE disabled_at IS NULL AND takes_leads), '[]') AS people
      FROM office_settings`,
  );
  const { week, holidays, target, mode, people } = rowSchema.parse(office);
  return {
    hours: sameHours({ zone: ctx.settings.officeTimeZone, week, holidays }),
    targetMinutes: target,
    mode,
    takerIds: people
      .filter((person) => canBeAssigned(person.role) && !isAway(person, ctx.now()))
      .map(({ id }) => id),
  };
}

const knownHours = new Map<string, BusinessHours>();
const mostKnownHours = 20;

/** The same object for the same hours: what was worked out about their days (policy.ts) hangs on it. */
function sameHours(hours: BusinessHours): BusinessHours {
  const text = JSON.stringify(hours);
  const known = knownHours.get(text);
  if (known) return known;
  if (knownHours.size >= mostKnownHours) knownHours.clear();
  knownHours.set(text, hours);
  return hours;
}
