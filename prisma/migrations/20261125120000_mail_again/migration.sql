-- AlterTable
ALTER TABLE "outbox_mails" ADD COLUMN     "resends_id" UUID;

-- AddForeignKey
ALTER TABLE "outbox_mails" ADD CONSTRAINT "outbox_mails_resends_id_fkey" FOREIGN KEY ("resends_id") REFERENCES "outbox_mails"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand from here on.

-- A mail is sent again once; what follows is about that one.
CREATE UNIQUE INDEX outbox_mails_resends ON public.outbox_mails (resends_id) WHERE resends_id IS NOT NULL;
