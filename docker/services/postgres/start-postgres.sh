#!/bin/sh
# PostgreSQL of an office: makes its cluster, roles and backup repository on the first start, then serves.
# start-postgres.sh [OPTIONS OF postgres]
set -eu
data=/var/lib/postgresql/data
. /usr/local/bin/backup-key.sh

if [ ! -s "$data/PG_VERSION" ]; then
  if [ -n "$(ls -A "$data")" ]; then
    echo "$data is not empty and no cluster: look what is there before starting again." >&2
    exit 1
  fi
  initdb -D "$data" --username=postgres --auth=peer --encoding=UTF8 --locale=C.UTF-8 --data-checksums >/dev/null
  cp /etc/intake/postgresql.conf "$data/postgresql.conf"
  postgres -D "$data" -c listen_addresses= -c archive_command=/bin/true &
  first=$!
  until pg_isready -q; do sleep 0.2; done
  psql -v ON_ERROR_STOP=1 -q -d postgres \
    -v owner="$(cat /run/secrets/database_owner_password)" -v office="$(cat /run/secrets/database_office_password)" <<'SQL'
    CREATE ROLE intake LOGIN PASSWORD :'owner';
    CREATE ROLE intake_app NOLOGIN;
    CREATE ROLE intake_office LOGIN PASSWORD :'office' IN ROLE intake_app;
    CREATE DATABASE intake OWNER intake;
SQL
  pgbackrest --stanza=intake stanza-create
  kill -INT "$first"
  wait "$first"
else
  # A restored or older cluster takes the settings of this version too.
  cp /etc/intake/postgresql.conf "$data/postgresql.conf"
fi
# After a clean stop the checkpointer sleeps five minutes before it first thinks of archive_timeout. A reload wakes it.
(
  until is-ready.sh >/dev/null 2>&1; do sleep 1; done
  psql -d postgres -tAqc 'SELECT pg_reload_conf()' >/dev/null || true
) &
exec postgres -D "$data" "$@"
