-- CreateEnum
CREATE TYPE "backup_kind" AS ENUM ('FULL', 'DIFFERENTIAL', 'FILE', 'RESTORE_TEST');

-- CreateTable
CREATE TABLE "backup_runs" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "backup_kind" NOT NULL,
    "size_bytes" BIGINT,
    "seconds" INTEGER,
    "finished_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "backup_runs_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backup_runs_kind_finished_at_idx" ON "backup_runs"("kind", "finished_at");

-- Written by hand from here on.

-- When the whole audit was last proved, asked for with every look at the operations.
CREATE INDEX audit_events_chain_checks ON public.audit_events (created_at DESC, id DESC)
  WHERE type IN ('audit.chain_verified', 'audit.chain_broken');
