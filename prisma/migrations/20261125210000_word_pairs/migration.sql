-- Which words stand side by side, for phrases: where two words are common and the phrase is rare, PostgreSQL would read every resume that holds
-- both. A number for two neighbours, of the second only its first three letters, so that one that is still being typed is found as well. Two
-- neighbours may share a number: whoever asks compares the words.
CREATE FUNCTION public.word_pair(first_word text, second_word text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.hashtext((first_word || ' ' || pg_catalog.left(second_word, 3)) COLLATE "C") & 262143;

CREATE FUNCTION public.word_pairs(words tsvector) RETURNS integer[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  WITH placed AS MATERIALIZED (SELECT lexeme, place FROM unnest(words) AS word, unnest(word.positions) AS place)
  SELECT coalesce(array_agg(DISTINCT public.word_pair(one.lexeme, next.lexeme)), '{}')
  FROM placed one JOIN placed next ON next.place = one.place + 1
$$;

-- Nobody waits for its making but the reading of resumes, which is tried again: a minute for each 100,000 of them.
CREATE INDEX resume_texts_pairs_idx ON public.resume_texts USING gin (public.word_pairs(words));
-- Statistics of it would cost half a millisecond for each row of the sample and tell nothing that is asked for.
ALTER INDEX public.resume_texts_pairs_idx ALTER COLUMN 1 SET STATISTICS 0;

-- As `resumes_with`, by the neighbours: `coalesce` keeps the planner from the index of words, `work_mem` from forgetting which rows it found.
CREATE FUNCTION public.resumes_with_pairs(query tsquery, pairs integer[], most integer) RETURNS SETOF uuid
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET work_mem = '64MB'
AS $$
  SELECT resume_id FROM public.resume_texts
  WHERE public.word_pairs(words) @> pairs AND coalesce(words @@ query, false) LIMIT most
$$;
