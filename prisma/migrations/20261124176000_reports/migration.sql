-- Receipts that did not arrive, by day: few among many, and only these are counted.
CREATE INDEX outbox_mails_undelivered ON public.outbox_mails (created_at)
  WHERE kind = 'LEAD_RECEIPT' AND state IN ('SUPPRESSED', 'FAILED');
