-- CreateEnum
CREATE TYPE "lead_source" AS ENUM ('FORM', 'API');

-- CreateEnum
CREATE TYPE "relation_kind" AS ENUM ('SAME_PERSON', 'NOT_SAME');

-- CreateEnum
CREATE TYPE "bulk_kind" AS ENUM ('STATUS', 'ASSIGN');

-- CreateEnum
CREATE TYPE "bulk_state" AS ENUM ('QUEUED', 'RUNNING', 'DONE', 'FAILED');

-- CreateEnum
CREATE TYPE "assignment_mode" AS ENUM ('MANUAL', 'ROUND_ROBIN', 'LEAST_LOADED');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "mail_kind" ADD VALUE 'LEAD_DIGEST';
ALTER TYPE "mail_kind" ADD VALUE 'LEAD_REMINDER';
ALTER TYPE "mail_kind" ADD VALUE 'LEAD_ESCALATION';
ALTER TYPE "mail_kind" ADD VALUE 'LEAD_ASSIGNED';
ALTER TYPE "mail_kind" ADD VALUE 'NOTE_MENTION';
ALTER TYPE "mail_kind" ADD VALUE 'DAILY_DIGEST';

-- AlterTable
ALTER TABLE "lead_notes" ADD COLUMN     "edited_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "leads" ADD COLUMN     "assigned_at" TIMESTAMPTZ(3),
ADD COLUMN     "assignee_id" UUID,
ADD COLUMN     "escalated_at" TIMESTAMPTZ(3),
ADD COLUMN     "follow_up_at" TIMESTAMPTZ(3),
ADD COLUMN     "reached_out_at" TIMESTAMPTZ(3),
ADD COLUMN     "reached_out_by_id" UUID,
ADD COLUMN     "reminded_at" TIMESTAMPTZ(3),
ADD COLUMN     "respond_by" TIMESTAMPTZ(3),
ADD COLUMN     "response_minutes" INTEGER,
ADD COLUMN     "source" "lead_source" NOT NULL DEFAULT 'FORM',
ADD COLUMN     "time_zone" TEXT;

-- AlterTable
ALTER TABLE "office_settings" ADD COLUMN     "assignment_mode" "assignment_mode" NOT NULL DEFAULT 'MANUAL',
ADD COLUMN     "business_hours" JSONB NOT NULL DEFAULT '[[],[[540,1050]],[[540,1050]],[[540,1050]],[[540,1050]],[[540,1050]],[]]',
ADD COLUMN     "response_target_minutes" INTEGER NOT NULL DEFAULT 300;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "away_from" DATE,
ADD COLUMN     "away_until" DATE,
ADD COLUMN     "list_layout" JSONB,
ADD COLUMN     "looked_at" TIMESTAMPTZ(3),
ADD COLUMN     "takes_leads" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "wants_daily_digest" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "wants_own_mail" BOOLEAN NOT NULL DEFAULT true;

-- CreateTable
CREATE TABLE "note_mentions" (
    "note_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "note_mentions_pkey" PRIMARY KEY ("note_id","user_id")
);

-- CreateTable
CREATE TABLE "lead_reads" (
    "user_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "is_read" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_reads_pkey" PRIMARY KEY ("user_id","lead_id")
);

-- CreateTable
CREATE TABLE "lead_claims" (
    "lead_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_claims_pkey" PRIMARY KEY ("lead_id")
);

-- CreateTable
CREATE TABLE "lead_presences" (
    "lead_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_presences_pkey" PRIMARY KEY ("lead_id","user_id")
);

-- CreateTable
CREATE TABLE "lead_relations" (
    "earlier_id" UUID NOT NULL,
    "later_id" UUID NOT NULL,
    "kind" "relation_kind" NOT NULL,
    "decided_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_relations_pkey" PRIMARY KEY ("earlier_id","later_id")
);

-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "view_pins" (
    "user_id" UUID NOT NULL,
    "view_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "view_pins_pkey" PRIMARY KEY ("user_id","view_id")
);

-- CreateTable
CREATE TABLE "bulk_actions" (
    "id" UUID NOT NULL,
    "kind" "bulk_kind" NOT NULL,
    "state" "bulk_state" NOT NULL DEFAULT 'QUEUED',
    "started_by_id" UUID NOT NULL,
    "change" JSONB NOT NULL,
    "undoes_id" UUID,
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_actions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_changes" (
    "bulk_id" UUID NOT NULL,
    "lead_id" UUID NOT NULL,
    "is_changed" BOOLEAN,
    "before" JSONB,
    "version_after" INTEGER,

    CONSTRAINT "bulk_changes_pkey" PRIMARY KEY ("bulk_id","lead_id")
);

-- CreateTable
CREATE TABLE "holidays" (
    "day" DATE NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "holidays_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "upload_failures" (
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "size_band" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,

    CONSTRAINT "upload_failures_pkey" PRIMARY KEY ("day","reason","browser","size_band")
);

-- CreateIndex
CREATE INDEX "note_mentions_user_id_seen_at_idx" ON "note_mentions"("user_id", "seen_at");

-- CreateIndex
CREATE INDEX "note_mentions_lead_id_idx" ON "note_mentions"("lead_id");

-- CreateIndex
CREATE INDEX "lead_reads_lead_id_idx" ON "lead_reads"("lead_id");

-- CreateIndex
CREATE INDEX "lead_claims_user_id_idx" ON "lead_claims"("user_id");

-- CreateIndex
CREATE INDEX "lead_claims_expires_at_idx" ON "lead_claims"("expires_at");

-- CreateIndex
CREATE INDEX "lead_presences_user_id_idx" ON "lead_presences"("user_id");

-- CreateIndex
CREATE INDEX "lead_presences_seen_at_idx" ON "lead_presences"("seen_at");

-- CreateIndex
CREATE INDEX "lead_relations_later_id_idx" ON "lead_relations"("later_id");

-- CreateIndex
CREATE INDEX "lead_relations_decided_by_id_idx" ON "lead_relations"("decided_by_id");

-- CreateIndex
CREATE INDEX "saved_views_owner_id_idx" ON "saved_views"("owner_id");

-- CreateIndex
CREATE INDEX "view_pins_view_id_idx" ON "view_pins"("view_id");

-- CreateIndex
CREATE UNIQUE INDEX "bulk_actions_undoes_id_key" ON "bulk_actions"("undoes_id");

-- CreateIndex
CREATE INDEX "bulk_actions_started_by_id_created_at_idx" ON "bulk_actions"("started_by_id", "created_at");

-- CreateIndex
CREATE INDEX "bulk_changes_lead_id_idx" ON "bulk_changes"("lead_id");

-- CreateIndex
CREATE INDEX "leads_assignee_id_created_at_id_idx" ON "leads"("assignee_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "leads_reached_out_by_id_idx" ON "leads"("reached_out_by_id");

-- CreateIndex
CREATE INDEX "leads_reached_out_at_id_idx" ON "leads"("reached_out_at", "id");

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "leads" ADD CONSTRAINT "leads_reached_out_by_id_fkey" FOREIGN KEY ("reached_out_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_note_id_fkey" FOREIGN KEY ("note_id") REFERENCES "lead_notes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note_mentions" ADD CONSTRAINT "note_mentions_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_reads" ADD CONSTRAINT "lead_reads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_reads" ADD CONSTRAINT "lead_reads_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claims" ADD CONSTRAINT "lead_claims_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_claims" ADD CONSTRAINT "lead_claims_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_presences" ADD CONSTRAINT "lead_presences_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_presences" ADD CONSTRAINT "lead_presences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_relations" ADD CONSTRAINT "lead_relations_earlier_id_fkey" FOREIGN KEY ("earlier_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_relations" ADD CONSTRAINT "lead_relations_later_id_fkey" FOREIGN KEY ("later_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_relations" ADD CONSTRAINT "lead_relations_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_pins" ADD CONSTRAINT "view_pins_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "view_pins" ADD CONSTRAINT "view_pins_view_id_fkey" FOREIGN KEY ("view_id") REFERENCES "saved_views"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_started_by_id_fkey" FOREIGN KEY ("started_by_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_actions" ADD CONSTRAINT "bulk_actions_undoes_id_fkey" FOREIGN KEY ("undoes_id") REFERENCES "bulk_actions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_actions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bulk_changes" ADD CONSTRAINT "bulk_changes_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Written by hand from here on.

-- As text: values added to an enum cannot be used before this migration has ended.
ALTER TABLE public.outbox_mails DROP CONSTRAINT outbox_mails_subject;
ALTER TABLE public.outbox_mails ADD CONSTRAINT outbox_mails_subject CHECK (
  CASE
    WHEN kind::text IN ('LEAD_RECEIPT', 'LEAD_NOTICE') THEN lead_id IS NOT NULL
    WHEN kind::text IN ('LEAD_REMINDER', 'LEAD_ESCALATION', 'LEAD_ASSIGNED', 'NOTE_MENTION') THEN lead_id IS NOT NULL
    WHEN kind::text IN ('LEAD_DIGEST', 'DAILY_DIGEST') THEN lead_id IS NULL
    WHEN kind::text = 'INVITATION' THEN invitation_id IS NOT NULL AND token_id IS NOT NULL
    WHEN kind::text = 'PASSWORD_RESET' THEN user_id IS NOT NULL AND token_id IS NOT NULL
    ELSE user_id IS NOT NULL AND notice IS NOT NULL
  END);

-- The first contact of leads from before it was kept.
UPDATE public.leads l SET reached_out_at = e.created_at,
  reached_out_by_id = (SELECT u.id FROM public.users u WHERE e.actor_type = 'user' AND u.id::text = e.actor_id)
FROM (
  SELECT DISTINCT ON (lead_id) lead_id, created_at, actor_type, actor_id FROM public.audit_events
  WHERE type = 'lead.status_changed' AND data->>'to' = 'REACHED_OUT' ORDER BY lead_id, created_at DESC
) e
WHERE e.lead_id = l.id AND l.status = 'REACHED_OUT';

-- What reminders and escalations look for, and nothing else.
CREATE INDEX leads_follow_up ON public.leads (follow_up_at) WHERE follow_up_at IS NOT NULL;
CREATE INDEX leads_unanswered ON public.leads (respond_by, id) WHERE status = 'PENDING';

ALTER TABLE public.users ADD CONSTRAINT users_away CHECK (away_from IS NULL OR away_until IS NULL OR away_from <= away_until);
ALTER TABLE public.lead_relations ADD CONSTRAINT lead_relations_order CHECK (earlier_id <> later_id);
