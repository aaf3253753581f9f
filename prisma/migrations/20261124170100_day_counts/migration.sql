-- How many leads of each status arrived on each day (UTC): where page 20,000 begins is a sum over some hundred rows.
CREATE TABLE "lead_day_counts" (
    "status" "lead_status" NOT NULL,
    "day" DATE NOT NULL,
    "shard" SMALLINT NOT NULL,
    "total" BIGINT NOT NULL,

    CONSTRAINT "lead_day_counts_pkey" PRIMARY KEY ("status","day","shard")
);

-- Written by hand from here on.

-- Nobody may add a lead between the count and the triggers that keep it.
LOCK TABLE public.leads IN SHARE ROW EXCLUSIVE MODE;

INSERT INTO public.lead_day_counts (status, day, shard, total)
SELECT status, (created_at AT TIME ZONE 'UTC')::date, 0, count(*) FROM public.leads GROUP BY 1, 2;

-- As before, and by the day. Always in the order of status and day, so that two statements never wait for each other in a circle.
CREATE OR REPLACE FUNCTION public.count_inserted_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, count(*) FROM inserted GROUP BY status ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  INSERT INTO public.lead_day_counts AS c (status, day, shard, total)
  SELECT status, (created_at AT TIME ZONE 'UTC')::date AS day, pg_backend_pid() % 16, count(*) FROM inserted
  GROUP BY status, day ORDER BY status, day
  ON CONFLICT (status, day, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.count_updated_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, sum(change)
  FROM (SELECT status, 1 AS change FROM after_update UNION ALL SELECT status, -1 FROM before_update) AS changes
  GROUP BY status HAVING sum(change) <> 0 ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  INSERT INTO public.lead_day_counts AS c (status, day, shard, total)
  SELECT status, (created_at AT TIME ZONE 'UTC')::date AS day, pg_backend_pid() % 16, sum(change)
  FROM (
    SELECT status, created_at, 1 AS change FROM after_update
    UNION ALL SELECT status, created_at, -1 FROM before_update
  ) AS changes
  GROUP BY status, day HAVING sum(change) <> 0 ORDER BY status, day
  ON CONFLICT (status, day, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.count_deleted_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO public.lead_counts AS c (status, shard, total)
  SELECT status, pg_backend_pid() % 16, -count(*) FROM deleted GROUP BY status ORDER BY status
  ON CONFLICT (status, shard) DO UPDATE SET total = c.total + excluded.total;
  INSERT INTO public.lead_day_counts AS c (status, day, shard, total)
  SELECT status, (created_at AT TIME ZONE 'UTC')::date AS day, pg_backend_pid() % 16, -count(*) FROM deleted
  GROUP BY status, day ORDER BY status, day
  ON CONFLICT (status, day, shard) DO UPDATE SET total = c.total + excluded.total;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION public.count_truncated_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM public.lead_counts;
  DELETE FROM public.lead_day_counts;
  RETURN NULL;
END
$$;
