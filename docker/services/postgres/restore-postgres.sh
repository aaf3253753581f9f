#!/bin/sh
# Puts the newest archived state in the place of the database, or with a time the state at it. PostgreSQL has to be stopped.
# restore-postgres.sh ['2026-11-24 09:00:00+00']
set -eu
data=/var/lib/postgresql/data
. /usr/local/bin/backup-key.sh
. /usr/local/bin/restore-newest.sh

if [ -f "$data/postmaster.pid" ] && pg_isready -q; then
  echo "PostgreSQL is running: stop it first." >&2
  exit 1
fi
case $(pgbackrest --stanza=intake --output=json info) in
*'"backup":[{'*) ;;
*)
  echo "No backup can be read (pgbackrest info says why): nothing was touched." >&2
  exit 1
  ;;
esac
rm -f "$data/postmaster.pid"
# Leftovers without their head would make pgBackRest refuse; what is whole is compared file by file, which is faster.
delta=--delta
if [ ! -s "$data/PG_VERSION" ]; then
  find "$data" -mindepth 1 -delete
  delta=--no-delta
fi
if [ $# -gt 0 ]; then
  # Along the history of the backup before it: a moment may be of before an earlier going back.
  pgbackrest --stanza=intake "$delta" --type=time --target="$1" --target-timeline=current --target-action=promote restore
else
  restore_newest "$delta"
fi
echo "Restored. The start brings back what was archived since the backup."
