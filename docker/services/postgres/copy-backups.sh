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
# Keeps the backups of this container from starting, not the archiving of PostgreSQL's.
pgbackrest --stanza=intake stop >&2
trap 'pgbackrest --stanza=intake start >&2' EXIT
# 1: pieces of the log came and went meanwhile, each whole or not there.
tar -C /var/lib/pgbackrest -c . || [ $? -eq 1 ]
