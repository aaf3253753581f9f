# Sourced by the other scripts: pgBackRest finds the key of its repository in the environment.
PGBACKREST_CONFIG=/etc/intake/pgbackrest.conf
PGBACKREST_REPO1_CIPHER_PASS="$(cat /run/secrets/backup_key)"
export PGBACKREST_CONFIG PGBACKREST_REPO1_CIPHER_PASS
