#!/bin/sh
# The repository of backups as a tar on standard output, encrypted as it lies there. No backup runs meanwhile; the log is archived as ever.
set -eu
. /usr/local/bin/backup-key.sh

case $(pgbackrest --stanza=intake --output=json info) in
*'"held":true'*)
  echo "A backup is being made: copy when it is done." >&2
  exit 1
  ;;
esac
# What was acknowledged until now has to be in it.
log=$(psql -d intake -tAqc "SELECT pg_walfile_name(pg_switch_wal())")
tries=0
until [ -n "$(find /var/lib/pgbackrest/archive -name "$log-*")" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 60 ]; then
    echo "The log is not archived: see docs/runbooks/archive-lag.md." >&2
    exit 1
  fi
  sleep 1
done
# Keeps the backups of this container from starting, not the archiving of PostgreSQL's.
pgbackrest --stanza=intake stop >&2
trap 'pgbackrest --stanza=intake start >&2' EXIT
# 1: pieces of the log came and went meanwhile, each whole or not there.
tar -C /var/lib/pgbackrest -c . || [ $? -eq 1 ]
