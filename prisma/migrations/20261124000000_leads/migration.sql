-- Generated from schema.prisma; by hand are the extensions, the collations of the leads table and everything after
-- "Written by hand". Prisma compares neither collations nor functions and triggers: the drift test covers the rest.

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "lead_status" AS ENUM ('PENDING', 'REACHED_OUT');

-- CreateEnum
CREATE TYPE "contact_channel" AS ENUM ('EMAIL', 'PHONE', 'OTHER');

-- CreateEnum
CREATE TYPE "resume_format" AS ENUM ('PDF', 'DOC', 'DOCX');

-- CreateEnum
CREATE TYPE "scan_state" AS ENUM ('UNSCANNED', 'PENDING', 'CLEAN', 'INFECTED', 'UNSCANNABLE');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('QUEUED', 'SENDING', 'SENT', 'SUPPRESSED', 'FAILED');

-- CreateEnum
CREATE TYPE "mail_kind" AS ENUM ('LEAD_RECEIPT', 'LEAD_NOTICE');

-- CreateEnum
CREATE TYPE "role" AS ENUM ('ADMIN', 'ATTORNEY', 'READ_ONLY');

-- CreateEnum
CREATE TYPE "token_purpose" AS ENUM ('FIRST_ADMIN');

-- CreateTable
CREATE TABLE "leads" (
    "id" UUID NOT NULL,
    "reference" TEXT NOT NULL,
    "first_name" TEXT COLLATE "und-x-icu" NOT NULL,
    "last_name" TEXT COLLATE "und-x-icu" NOT NULL,
    "email" TEXT COLLATE "und-x-icu" NOT NULL,
    "email_key" TEXT COLLATE "C" NOT NULL,
    "resume_path" TEXT NOT NULL,
    "status" "lead_status" NOT NULL DEFAULT 'PENDING',
    "contact_channel" "contact_channel",
    "version" INTEGER NOT NULL DEFAULT 1,
    "search_text" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "leads_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_counts" (
    "status" "lead_status" NOT NULL,
    "shard" SMALLINT NOT NULL,
    "total" BIGINT NOT NULL,

    CONSTRAINT "lead_counts_pkey" PRIMARY KEY ("status","shard")
);

-- CreateTable
CREATE TABLE "resumes" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "storage_key" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "format" "resume_format" NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "scan_state" "scan_state" NOT NULL DEFAULT 'UNSCANNED',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "resumes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_records" (
    "key" TEXT NOT NULL,
    "fingerprint" CHAR(64) NOT NULL,
    "lead_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_records_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "outbox_mails" (
    "id" UUID NOT NULL,
    "kind" "mail_kind" NOT NULL,
    "lead_id" UUID NOT NULL,
    "to_address" TEXT NOT NULL,
    "state" "mail_state" NOT NULL DEFAULT 'QUEUED',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "last_error" TEXT,
    "provider_message_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_events" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "actor_type" TEXT NOT NULL,
    "actor_id" TEXT,
    "lead_id" UUID,
    "request_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_notes" (
    "id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "users" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "password_hash" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "wants_lead_mail" BOOLEAN NOT NULL DEFAULT true,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "secret_hash" CHAR(64) NOT NULL,
    "refresh_seed" TEXT NOT NULL,
    "refresh_counter" INTEGER NOT NULL DEFAULT 0,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_active_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_tokens" (
    "id" UUID NOT NULL,
    "purpose" "token_purpose" NOT NULL,
    "token_hash" CHAR(64) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "leads_reference_key" ON "leads"("reference");

-- CreateIndex
CREATE INDEX "leads_created_at_id_idx" ON "leads"("created_at", "id");

-- CreateIndex
CREATE INDEX "leads_updated_at_id_idx" ON "leads"("updated_at", "id");

-- CreateIndex
CREATE INDEX "leads_last_name_id_idx" ON "leads"("last_name", "id");

-- CreateIndex
CREATE INDEX "leads_first_name_id_idx" ON "leads"("first_name", "id");

-- CreateIndex
CREATE INDEX "leads_email_id_idx" ON "leads"("email", "id");

-- CreateIndex
CREATE INDEX "leads_email_key_idx" ON "leads"("email_key");

-- CreateIndex
CREATE INDEX "leads_status_created_at_id_idx" ON "leads"("status", "created_at", "id");

-- CreateIndex
CREATE INDEX "leads_status_last_name_id_idx" ON "leads"("status", "last_name", "id");

-- CreateIndex
CREATE INDEX "leads_search_text_idx" ON "leads" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "resumes_storage_key_key" ON "resumes"("storage_key");

-- CreateIndex
CREATE INDEX "resumes_lead_id_created_at_idx" ON "resumes"("lead_id", "created_at");

-- CreateIndex
CREATE INDEX "idempotency_records_created_at_idx" ON "idempotency_records"("created_at");

-- CreateIndex
CREATE INDEX "idempotency_records_lead_id_idx" ON "idempotency_records"("lead_id");

-- CreateIndex
CREATE INDEX "outbox_mails_state_next_attempt_at_idx" ON "outbox_mails"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "outbox_mails_lead_id_idx" ON "outbox_mails"("lead_id");

-- CreateIndex
CREATE INDEX "audit_events_lead_id_created_at_id_idx" ON "audit_events"("lead_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "audit_events_created_at_id_idx" ON "audit_events"("created_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_notes_event_id_key" ON "lead_notes"("event_id");

-- CreateIndex
CREATE INDEX "lead_notes_lead_id_idx" ON "lead_notes"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_secret_hash_key" ON "sessions"("secret_hash");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_tokens_token_hash_key" ON "one_time_tokens"("token_hash");

-- AddForeignKey
ALTER TABLE "resumes" ADD CONSTRAINT "resumes_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "idempotency_records" ADD CONSTRAINT "idempotency_records_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_notes" ADD CONSTRAINT "lead_notes_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand -----------------------------------------------------------------------------------------------------

-- Few rows, updated with every submission: room on the page keeps these updates off the index.
ALTER TABLE "lead_counts" SET (fillfactor = 20);

-- The form in which names and addresses are compared: compatibility forms, accents and case are gone. Both sides of a search
-- use it. Immutable as long as the dictionary is not edited; the body is bound to its functions whatever the search path.
CREATE FUNCTION public.search_normal(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, NFKC)) COLLATE "und-x-icu");

-- "first last" and "last first" are both substrings of it.
CREATE FUNCTION public.set_lead_search_text() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.search_text := public.search_normal(concat_ws(' ', NEW.first_name, NEW.last_name, NEW.first_name, NEW.email));
  RETURN NEW;
END
$$;

CREATE TRIGGER leads_search_text BEFORE INSERT OR UPDATE OF first_name, last_name, email, search_text ON public.leads
FOR EACH ROW EXECUTE FUNCTION public.set_lead_search_text();

-- Totals per status. A shard may be negative, only the sum means something. Always in the order of the status, so that two
-- statements never wait for each other in a circle.
CREATE FUNCTION public.count_inserted_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, count(*) FROM inserted GROUP BY status ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.count_updated_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, sum(change)
  FROM (SELECT status, 1 AS change FROM after_update UNION ALL SELECT status, -1 FROM before_update) AS changes
  GROUP BY status HAVING sum(change) <> 0 ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.count_deleted_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, -count(*) FROM deleted GROUP BY status ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE FUNCTION public.count_truncated_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.lead_counts;
  RETURN NULL;
END
$$;

CREATE TRIGGER leads_count_insert AFTER INSERT ON public.leads REFERENCING NEW TABLE AS inserted
FOR EACH STATEMENT EXECUTE FUNCTION public.count_inserted_leads();

CREATE TRIGGER leads_count_update AFTER UPDATE ON public.leads
REFERENCING OLD TABLE AS before_update NEW TABLE AS after_update
FOR EACH STATEMENT EXECUTE FUNCTION public.count_updated_leads();

CREATE TRIGGER leads_count_delete AFTER DELETE ON public.leads REFERENCING OLD TABLE AS deleted
FOR EACH STATEMENT EXECUTE FUNCTION public.count_deleted_leads();

CREATE TRIGGER leads_count_truncate AFTER TRUNCATE ON public.leads
FOR EACH STATEMENT EXECUTE FUNCTION public.count_truncated_leads();

-- Append-only (security rule 29).
CREATE FUNCTION public.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: the table is append-only', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON public.audit_events
FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();
