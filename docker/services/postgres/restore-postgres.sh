#!/bin/sh
# Puts the newest archived state in the place of the database, or with a time the state at it. PostgreSQL has to be stopped.
# restore-postgres.sh ['2026-11-24 09:00:00+00']
set -eu
data=/var/lib/postgresql/data
. /usr/local/bin/backup-key.sh

if [ -f "$data/postmaster.pid" ] && pg_isready -q; then
  echo "PostgreSQL is running: stop it first." >&2
  exit 1
fi
rm -f "$data/postmaster.pid"
if [ $# -gt 0 ]; then
  pgbackrest --stanza=intake --delta --type=time --target="$1" --target-action=promote restore
else
  pgbackrest --stanza=intake --delta restore
fi
echo "Restored. The start brings back what was archived since the backup."
