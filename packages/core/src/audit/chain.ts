import { createHmac, type KeyObject } from "node:crypto";
import { Prisma } from "@intake/db/database";

/** The hash before the first seal. */
export const genesisHash = "0".repeat(64);

/** Columns of an event as text, in the one form that is hashed: the same on every server and in every time zone. */
export interface EventText {
  id: string;
  event: string;
}

/** Every column of `audit_events AS e` as one JSON array. A column added later must go to the end, and only for newer seals. */
export const eventText = Prisma.sql`json_build_array(e.id, e.type, e.actor_type, e.actor_id, e.lead_id, e.user_id, e.source, e.request_id,
  e.data::text, (extract(epoch FROM e.created_at) * 1000)::bigint, e.inserted_in::text)::text`;

export interface Link {
  position: bigint;
  sealedAt: Date;
  event: string;
}

/** The hash of a seal: HMAC-SHA-256 over the hash before, the place and time of the seal, and the event (hex). */
export function sealHash(key: KeyObject, previous: string, link: Link): string {
  const parts = [previous, link.position.toString(), link.sealedAt.getTime().toString(), link.event];
  return createHmac("sha256", key).update(parts.join("\n")).digest("hex");
}
