#!/bin/sh
# The scanner, with signatures that are kept fresh. Until there are some, resumes wait: none is opened unchecked.
set -eu
trap 'exit 0' TERM INT

has_signatures() {
  [ -n "$(find /var/lib/clamav -name '*.c[lv]d' -o -name '*.[hn]db')" ]
}

until has_signatures; do
  freshclam --config-file=/etc/intake/freshclam.conf >/dev/null 2>&1 || true
  has_signatures && break
  echo "Signatures cannot be fetched now; tried again in a minute." >&2
  sleep 60 &
  wait $!
done
freshclam --config-file=/etc/intake/freshclam.conf --daemon >/dev/null 2>&1 &
exec clamd --config-file=/etc/intake/clamd.conf
