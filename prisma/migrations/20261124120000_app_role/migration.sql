-- Written by hand: the role as which the application works. It reads and writes rows, owns nothing, and of the audit it can neither
-- change nor remove any (security rule 29). Roles belong to the whole server, so it may be there already, or be made by two at once.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'intake_app') THEN
    CREATE ROLE intake_app NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE WARNING 'The role intake_app could not be made: only triggers keep the audit append-only';
END
$$;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'intake_app') THEN
    RETURN;
  END IF;
  GRANT USAGE ON SCHEMA public TO intake_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO intake_app;
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO intake_app;
  REVOKE UPDATE, DELETE ON public.audit_events, public.audit_seals FROM intake_app;
  -- Tables to come, those of the queue included, which makes its own schema.
  ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO intake_app;
  ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO intake_app;
  ALTER DEFAULT PRIVILEGES GRANT USAGE, SELECT ON SEQUENCES TO intake_app;
  IF to_regnamespace('pgboss') IS NOT NULL THEN
    GRANT USAGE ON SCHEMA pgboss TO intake_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO intake_app;
  END IF;
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE INSERT, UPDATE, DELETE ON public._prisma_migrations FROM intake_app;
  END IF;
END
$$;
