import type { Database } from "@intake/db/database";

/**
 * Writes so many leads with their resumes by one statement, for tests whose point is the number. They arrive one second after the other
 * from 1 January 2026 on; every third is reached out.
 */
export async function giveManyLeads(db: Pick<Database, "pool">, count: number): Promise<void> {
  await db.pool.query(
    `WITH lead AS (
      INSERT INTO leads (id, reference, first_name, last_name, email, email_key, resume_path, status, created_at, updated_at)
      SELECT gen_random_uuid(), 'INT-' || n, 'Zoë' || n % 7, 'Ünal ' || n, 'lead' || n || '@example.com', 'lead' || n || '@example.com',
        'many/' || n, (CASE WHEN n % 3 = 0 THEN 'REACHED_OUT' ELSE 'PENDING' END)::lead_status,
        '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second', '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 second'
      FROM generate_series(1, $1::int) n RETURNING id, resume_path, created_at
    )
    INSERT INTO resumes (id, lead_id, storage_key, key_name, file_name, format, size_bytes, sha256, scan_state, scan_due_at, created_at)
    SELECT gen_random_uuid(), id, resume_path, 'test', 'cv.pdf', 'PDF', 1000, repeat('0', 64), 'CLEAN', created_at, created_at FROM lead`,
    [count],
  );
}
