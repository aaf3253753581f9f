-- The same few rows are in outbox_mails_undelivered; their state is read from the row itself either way.
DROP INDEX public.outbox_mails_receipts_lost;
