#!/bin/sh
# Backs the database up once a day, in full on Sundays and when there is nothing yet, and proves once a week that it can be restored.
# A restore begins another timeline, which has its first backup at once: one of before may not lead to its newest state.
# Writes down each success: metrics and alerts go by its age. keep-backups.sh [once]
set -eu
. /usr/local/bin/backup-key.sh

back_up() {
  started=$(date +%s)
  pgbackrest --stanza=intake --type="$1" backup || return 1
  size=$(pgbackrest --stanza=intake --output=json info | sed 's/.*"delta":\([0-9]*\).*/\1/')
  kind=DIFFERENTIAL
  [ "$1" = full ] && kind=FULL
  psql -q -d intake -c "INSERT INTO backup_runs (kind, size_bytes, seconds) VALUES ('$kind', $size, $(($(date +%s) - started)))" ||
    echo "The backup is made but could not be written down." >&2
  echo "Backed up ($1) in $(($(date +%s) - started)) s."
}

# Seconds since the newest backup; a large number when there is none.
age() {
  newest=$(pgbackrest --stanza=intake --output=json info | grep -o '"stop":[0-9]*}' | tail -n 1 | tr -cd '0-9')
  echo $(($(date +%s) - ${newest:-0}))
}

kind() {
  if [ "$(age)" -gt 604800 ] || [ "$(date +%u)" = 7 ]; then echo full; else echo diff; fi
}

if [ "${1:-}" = once ]; then
  back_up "$(kind)"
  exit
fi
# Whether a week has passed since the last proof, and a day since the last try.
needs_proof() {
  [ -z "$(find /tmp/tried-proof -mmin -1440 2>/dev/null)" ] || return 1
  [ "$(psql -d intake -tAqc "SELECT count(*) FROM backup_runs WHERE kind = 'RESTORE_TEST' AND finished_at > now() - interval '7 days'")" = 0 ]
}

# Whether the database was restored since the newest backup.
is_restored() {
  newest=$(pgbackrest --stanza=intake --output=json info | grep -o '"stop":"[0-9A-F]*"' | tail -n 1 | cut -d '"' -f 4 | cut -c 1-8)
  [ "$(psql -d intake -tAqc 'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)')" != "$newest" ]
}

trap 'exit 0' TERM INT
until [ "$(psql -d intake -tAqc 'SELECT pg_is_in_recovery()' 2>/dev/null)" = f ]; do sleep 2; done
while true; do
  if pg_isready -q && { [ "$(age)" -gt 82800 ] || is_restored; }; then
    back_up "$(kind)" || echo "The backup failed; tried again in ten minutes." >&2
  fi
  if pg_isready -q && [ "$(age)" -lt 172800 ] && needs_proof; then
    touch /tmp/tried-proof
    prove-restore.sh || echo "The backup could not be proven; tried again tomorrow." >&2
  fi
  sleep 600 &
  wait $!
done
