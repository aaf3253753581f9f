# Sourced by the other scripts. restore_newest OPTIONS: the newest state that the archive holds.
# Going back to a moment begins another timeline, to which a backup of before that is younger than the moment does not lead. pgBackRest says
# so (58) before it touches anything; an older backup leads there.
restore_newest() {
  for backup in $(pgbackrest --stanza=intake --output=json info | grep -o '"label":"[^"]*"' | cut -d '"' -f 4 | sort -r); do
    code=0
    pgbackrest --stanza=intake --set="$backup" "$@" restore || code=$?
    [ "$code" -eq 58 ] || return "$code"
    echo "Backup $backup does not lead to the newest state, an older one is tried." >&2
  done
  return 58
}
