#!/bin/sh
# Whether the database takes writes: not while it is being made, and not while it recovers.
set -eu
pg_isready -q -h 127.0.0.1 -U intake -d intake
[ "$(psql -d intake -tAqc 'SELECT pg_is_in_recovery()')" = f ]
