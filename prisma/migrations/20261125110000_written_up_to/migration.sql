-- Up to which byte of the write-ahead log a caller has changed something, so that they read their own changes wherever they read
-- (docs/decisions/0031-replica-and-pooler.md). Kept only where there are replicas.
ALTER TABLE "sessions" ADD COLUMN "wrote_up_to" BIGINT;
ALTER TABLE "api_keys" ADD COLUMN "wrote_up_to" BIGINT;
