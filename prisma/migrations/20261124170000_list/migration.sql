-- What lists are asked for beside their order: filters that are rare are found by an index of their own. Written by hand.

-- "Waiting longest": who is pending, by when an answer was promised; leads from before there was a promise count from their arrival.
CREATE INDEX leads_waiting ON public.leads (status, (coalesce(respond_by, created_at)), id);

-- Most leads come through the form.
CREATE INDEX leads_from_programs ON public.leads (created_at, id) WHERE source = 'API';

-- Marked unread again by hand.
CREATE INDEX lead_reads_unread ON public.lead_reads (user_id, lead_id) WHERE NOT is_read;

-- Receipts that did not arrive.
CREATE INDEX outbox_mails_receipts_lost ON public.outbox_mails (state, lead_id)
WHERE kind = 'LEAD_RECEIPT' AND state IN ('SUPPRESSED', 'FAILED');
