#!/bin/sh
# Restores the newest archived state beside the database, compares its leads with those of the office, and writes the success down. A
# backup that was never restored is none.
set -eu
place=/var/lib/restore-test
. /usr/local/bin/backup-key.sh
. /usr/local/bin/restore-newest.sh

clean() {
  [ ! -d "$place/data" ] || pg_ctl -D "$place/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "${place:?}/data"
}
ask() {
  psql -h "$1" -d intake -tAq -v ON_ERROR_STOP=1 -c "$2"
}

trap clean EXIT
clean
# Older than the minute that may be lost: has to come back.
due=$(ask /run/postgresql "SELECT coalesce(max(created_at), 'epoch') FROM leads WHERE created_at < now() - interval '2 minutes'")
started=$(date +%s)
mkdir -m 0700 "$place/data"
restore_newest --pg1-path="$place/data" --archive-mode=off
pg_ctl -D "$place/data" -w -t 3600 -l /dev/null start >/dev/null \
  -o "-c listen_addresses= -c unix_socket_directories=$place -c archive_mode=off -c shared_buffers=64MB"
until [ "$(ask "$place" 'SELECT pg_is_in_recovery()')" = f ]; do sleep 1; done

newest=$(ask "$place" "SELECT coalesce(max(created_at), 'epoch') FROM leads")
if [ "$(ask "$place" "SELECT timestamptz '$newest' >= timestamptz '$due'")" != t ]; then
  echo "The newest lead that came back is of $newest, the archive should hold $due: see docs/runbooks/restore-unproven.md." >&2
  exit 1
fi
count="SELECT count(*) || ' ' || coalesce(md5(string_agg(id::text, '' ORDER BY id)), '') FROM leads WHERE created_at <= '$newest'"
if [ "$(ask "$place" "$count")" != "$(ask /run/postgresql "$count")" ]; then
  echo "What came back is not what the office has: see docs/runbooks/restore-unproven.md." >&2
  exit 1
fi
seconds=$(($(date +%s) - started))
ask /run/postgresql "INSERT INTO backup_runs (kind, seconds) VALUES ('RESTORE_TEST', $seconds)"
echo "Restored for proof in $seconds s: every lead up to $newest is there."
