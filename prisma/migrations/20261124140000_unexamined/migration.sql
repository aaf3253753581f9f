-- Written by hand, since Prisma knows no partial indexes: what the sweep looks for every minute, so small that it costs a submission
-- next to nothing.

CREATE INDEX resumes_unexamined ON public.resumes (scan_due_at)
  WHERE findings IS NULL AND scan_state IN ('PENDING', 'CLEAN', 'UNSCANNED');
