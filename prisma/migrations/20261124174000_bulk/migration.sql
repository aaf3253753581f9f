-- Changing many leads: cancelling, taking up again after a kill, and leaving alone what somebody changed meanwhile.

ALTER TYPE "bulk_state" ADD VALUE 'CANCELLED';

ALTER TABLE "bulk_actions" ADD COLUMN "worked_at" TIMESTAMPTZ(3) NOT NULL;
ALTER TABLE "bulk_changes" ADD COLUMN "version_before" INTEGER NOT NULL;
-- Written by hand from here on.

-- What is still to be done of an action, in the order in which it is done.
CREATE INDEX bulk_changes_open ON public.bulk_changes (bulk_id, lead_id) WHERE is_changed IS NULL;
-- Actions that are under way: few among many.
CREATE INDEX bulk_actions_unfinished ON public.bulk_actions (worked_at) WHERE finished_at IS NULL;
