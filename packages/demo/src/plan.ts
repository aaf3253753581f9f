import { base, en, Faker } from "@faker-js/faker";
import { addBusinessMinutes } from "@intake/core/office/policy";
import type { BusinessHours } from "@intake/core/office/schema";

/** What happens to one lead of the demo, and when. */
export interface PlannedLead {
  receivedAt: Date;
  outreach: {
    at: Date;
    channel: "EMAIL" | "PHONE" | "OTHER";
    byAttorney: boolean;
    note: string | null;
  } | null;
}

const minute = 60 * 1000;
const hour = 60 * minute;
const day = 24 * hour;

const notes = [
  "Left a message, will try again after lunch.",
  "Wants a call in the evening only.",
  "Conflict check is clear. Sent the fee note.",
  "Asked for the employment contract.",
  "Speaks Spanish; María takes it from here.",
  "Hearing on the 14th, be quick.",
];

/** Leads over the last `days` days, oldest first, more in office hours than at night; most older ones have been reached. */
export function createPlan(input: {
  now: Date;
  leads: number;
  days: number;
  seed: number;
  hours: BusinessHours;
}): PlannedLead[] {
  const faker = new Faker({ locale: [en, base] });
  faker.seed(input.seed);
  const moments = Array.from(
    { length: input.leads },
    () => faker.number.float({ min: 0, max: input.days }) * day,
  )
    .map((age) => inOfficeHours(faker, new Date(input.now.getTime() - age), input.now))
    .sort((left, right) => left.getTime() - right.getTime());
  return moments.map((receivedAt) => ({
    receivedAt,
    outreach: planOutreach(faker, { receivedAt, now: input.now, hours: input.hours }),
  }));
}

/** Three of four people write between 8 and 19 o'clock. */
function inOfficeHours(faker: Faker, moment: Date, now: Date): Date {
  const moved = new Date(moment);
  if (faker.datatype.boolean(0.75)) moved.setUTCHours(faker.number.int({ min: 8, max: 18 }));
  return moved < now ? moved : moment;
}

/** All old leads have been reached, and most new ones, nine of ten within the five business hours that the office promises. */
function planOutreach(
  faker: Faker,
  { receivedAt, now, hours }: { receivedAt: Date; now: Date; hours: BusinessHours },
): PlannedLead["outreach"] {
  const age = now.getTime() - receivedAt.getTime();
  const chance = age > 4 * day ? 1 : age > day ? 0.9 : 0.6;
  const isInTime = faker.datatype.boolean(0.9);
  const share = faker.number.float({ min: 0, max: 1 }) ** 1.6;
  const minutes = Math.round(isInTime ? 8 + share * 285 : 301 + share * 900);
  const at = addBusinessMinutes(hours, receivedAt, minutes);
  if (at >= now || !faker.datatype.boolean(chance)) return null;
  return {
    at,
    channel: faker.helpers.weightedArrayElement([
      { value: "EMAIL" as const, weight: 6 },
      { value: "PHONE" as const, weight: 3 },
      { value: "OTHER" as const, weight: 1 },
    ]),
    byAttorney: faker.datatype.boolean(0.7),
    note: faker.datatype.boolean(0.25) ? faker.helpers.arrayElement(notes) : null,
  };
}
