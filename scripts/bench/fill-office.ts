import { allFakers, type Faker } from "@faker-js/faker";
import pg from "pg";

const spanDays = 730;

/** Locales whose names make the sort, the search column and the answers as wide as real ones. */
const locales = [
  "en_US",
  "en_GB",
  "es_MX",
  "de",
  "fr",
  "pl",
  "vi",
  "pt_BR",
  "tr",
  "ru",
  "el",
  "ja",
  "ko",
  "zh_CN",
  "ar",
  "he",
  "hu",
] as const;
const namesPerLocale = 60;

/**
 * Fills an empty, migrated database of ours with leads over two years, each with its resume row and its event; triggers keep search
 * column and totals. Rows only: the files they name do not exist.
 */
export async function fillOffice(connectionString: string, leads: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const names = inventNames();
    await client.query("SET maintenance_work_mem = '512MB'");
    await client.query("SET work_mem = '128MB'");
    await client.query("SET synchronous_commit = off");
    const makeIndexes = await dropIndexes(client);
    await client.query(insertLeads, [
      leads,
      names.map(({ first }) => first),
      names.map(({ last }) => last),
      names.length,
    ]);
    await client.query(insertResumes);
    await client.query(insertEvents);
    await client.query(insertSeals);
    await client.query(insertReceipts);
    for (const statement of makeIndexes) await client.query(statement);
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
}

/** Indexes and foreign keys of the filled tables; the statements that make them again. Made at once they take a third of the time. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const tables = ["leads", "resumes", "audit_events", "outbox_mails"];
  const keys = await client.query<{ drop: string; make: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
      FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY($1::regclass[])`,
    [tables],
  );
  const indexes = await client.query<{ drop: string; make: string }>(
    `SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS make
      FROM pg_index WHERE NOT indisprimary AND indrelid = ANY($1::regclass[])`,
    [tables],
  );
  for (const { drop } of [...keys.rows, ...indexes.rows]) await client.query(drop);
  return [...indexes.rows, ...keys.rows].map(({ make }) => make);
}

function inventNames(): { first: string; last: string }[] {
  return locales.flatMap((locale) => {
    const faker: Faker = allFakers[locale];
    faker.seed(20_260_301);
    return Array.from({ length: namesPerLocale }, () => ({
      first: faker.person.firstName().normalize("NFC"),
      last: faker.person.lastName().normalize("NFC"),
    }));
  });
}

// The steps are coprime to the number of names, so first and last names meet in many pairs.
const insertLeads = `
  INSERT INTO leads (id, reference, first_name, last_name, email, email_key, resume_path, status, created_at, updated_at, respond_by, reached_out_at, response_minutes)
  SELECT uuidv7(at - now()), 'INT-' || substr(code, 1, 4) || '-' || substr(code, 5, 4), first, last, email, email,
    'resumes/' || gen_random_uuid(), (CASE WHEN n % 10 < 3 THEN 'PENDING' ELSE 'REACHED_OUT' END)::lead_status, at, at,
    at + interval '5 hours', CASE WHEN n % 10 >= 3 THEN at + n % 420 * interval '1 minute' END, CASE WHEN n % 10 >= 3 THEN n % 420 END
  FROM (
    SELECT n, upper(lpad(to_hex(n), 8, '0')) AS code, first, last, at,
      coalesce(nullif(btrim(regexp_replace(search_normal(first || '.' || last), '[^a-z.]', '', 'g'), '.'), ''), 'lead') || n || '@mail.example' AS email
    FROM (
      SELECT n, ($2::text[])[1 + n * 7919::bigint % $4::int] AS first, ($3::text[])[1 + n / 3 * 104729::bigint % $4::int] AS last,
        date_trunc('milliseconds', now() - ($1::int - n) * interval '${spanDays} days' / $1::int) AS at
      FROM generate_series(1, $1::int) AS n
    ) AS drawn
  ) AS people`;

const insertResumes = `
  INSERT INTO resumes (id, lead_id, storage_key, file_name, format, size_bytes, sha256, findings, created_at)
  SELECT uuidv7(created_at - now()), id, resume_path, 'Resume ' || first_name || ' ' || last_name || '.pdf', 'PDF',
    40000 + abs(hashtext(reference)) % 900000, encode(sha256(reference::bytea), 'hex'), '[]', created_at
  FROM leads`;

const insertReceipts = `
  INSERT INTO outbox_mails (id, kind, lead_id, to_address, state, attempts, next_attempt_at, created_at, sent_at)
  SELECT uuidv7(created_at - now()), 'LEAD_RECEIPT', id, email,
    (CASE WHEN hashtext(reference) % 500 = 0 THEN 'FAILED' ELSE 'SENT' END)::mail_state, 1, created_at, created_at, created_at
  FROM leads`;

const insertEvents = `
  INSERT INTO audit_events (id, type, actor_type, lead_id, created_at)
  SELECT uuidv7(created_at - now()), 'lead.submitted', 'prospect', id, created_at FROM leads`;

// Sealed long ago, as those of two years are. Only a check of the chain would see that these hashes are none.
const insertSeals = `
  INSERT INTO audit_seals (position, event_id, hash, sealed_at)
  SELECT row_number() OVER (ORDER BY id), id, repeat('0', 64), created_at FROM audit_events`;
