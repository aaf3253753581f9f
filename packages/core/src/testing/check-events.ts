import type { Database } from "@intake/db/database";
import { eventFacts } from "../audit/event-facts";

/**
 * Throws when an event of this database tells more than it may: a fact that `event-facts.ts` does not list, or anywhere in it the name,
 * address, file name or note of somebody that the database knows.
 */
export async function checkEvents(db: Pick<Database, "pool">): Promise<void> {
  const { rows: facts } = await db.pool.query<{ type: string; fact: string }>(
    "SELECT DISTINCT type, jsonb_object_keys(data) AS fact FROM audit_events WHERE type NOT LIKE 'test.%' ORDER BY type",
  );
  const unlisted = facts.filter(({ type, fact }) => !eventFacts[type]?.includes(fact));
  const { rows: personal } = await db.pool.query<{ type: string }>(personalSql);
  const faults = [
    ...unlisted.map(
      ({ type, fact }) =>
        `${type} says "${fact}": list it in event-facts.ts if it is an id, an enum or a number`,
    ),
    ...personal.map(({ type }) => `${type} repeats a name, an address or a text that stands in a row`),
  ];
  if (faults.length > 0) throw new Error(`Events of the audit say too much:\n${faults.join("\n")}`);
}

/** Words of fewer than four letters would be found by chance in an id, and somebody called Admin in a role. */
const personalSql = `
  SELECT DISTINCT event.type FROM audit_events event
  JOIN (
    SELECT email AS word FROM users UNION SELECT name FROM users UNION SELECT email FROM invitations
    UNION SELECT email FROM notify_addresses UNION SELECT name FROM passkeys UNION SELECT name FROM api_keys
    UNION SELECT email FROM leads UNION SELECT first_name FROM leads UNION SELECT last_name FROM leads
    UNION SELECT file_name FROM resumes UNION SELECT body FROM lead_notes
  ) known ON length(known.word) > 3 AND upper(known.word) <> ALL (enum_range(NULL::role)::text[])
    AND strpos(lower(concat_ws(' ', event.data::text, event.source, event.actor_id, event.request_id)), lower(known.word)) > 0`;
