-- AlterTable
ALTER TABLE "outbox_mails" ADD COLUMN     "digest_id" UUID;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "daily_digest_on" DATE;

-- AddForeignKey
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_digest_id_fkey" FOREIGN KEY ("digest_id") REFERENCES "outbox_mails"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on.

-- Whose turn it is. A sequence never makes two submissions wait for each other, and gives no number twice.
CREATE SEQUENCE public.assignment_turns;

-- Only leads that wait: no change of status has to touch the time of the next reminder, and a lead that is set back goes on by itself.
DROP INDEX public.leads_follow_up;
CREATE INDEX leads_follow_up ON public.leads (follow_up_at) WHERE status = 'PENDING' AND follow_up_at IS NOT NULL;

-- How many each colleague has to do.
CREATE INDEX leads_open ON public.leads (assignee_id) WHERE status = 'PENDING' AND assignee_id IS NOT NULL;

CREATE INDEX outbox_mails_digest ON public.outbox_mails (digest_id) WHERE digest_id IS NOT NULL;
-- A digest that nobody tried to send yet takes further mails in; there is one for each address.
CREATE UNIQUE INDEX outbox_mails_open_digest ON public.outbox_mails (to_address)
  WHERE kind = 'LEAD_DIGEST' AND state = 'QUEUED' AND attempts = 0;
