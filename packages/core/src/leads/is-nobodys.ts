import { Prisma } from "@intake/db/database";

/** Whether nobody looks after a lead, `l`: nobody was put in charge, or only somebody who has left. */
export const isNobodys = Prisma.sql`(l.assignee_id IS NULL OR l.assignee_id = ANY (ARRAY(SELECT id FROM users WHERE disabled_at IS NOT NULL)))`;
