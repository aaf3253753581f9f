#!/bin/sh
# Makes the secrets of an office, once: docker/secrets, which only its owner may enter. What is there already stays.
# Keep a copy of backup_key and master_keys away from this machine: without them no backup and no resume can be read again.
set -eu
folder="$(cd "$(dirname "$0")" && pwd)/secrets"
mkdir -p "$folder"
chmod 700 "$folder"

# The services run as users of their own and must be able to read what is mounted into them; the folder keeps everybody else out.
umask 022
keep() {
  [ -e "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"
}
hex() {
  openssl rand -hex 32
}

keep auth_secret "$(openssl rand -base64 32)"
keep master_keys "$(date +%Y-%m):$(openssl rand -base64 32)"
keep metrics_token "$(hex)"
keep backup_key "$(hex)"
keep grafana_password "$(hex)"
keep database_owner_password "$(hex)"
keep database_office_password "$(hex)"
keep database_migration_url "postgres://intake:$(cat "$folder/database_owner_password")@postgres:5432/intake"
keep database_url "postgres://intake_office:$(cat "$folder/database_office_password")@postgres:5432/intake"
keep storage_key_id "intake"
keep storage_secret_key "$(hex)"
keep storage.env "ROOT_ACCESS_KEY_ID=$(cat "$folder/storage_key_id")
ROOT_SECRET_ACCESS_KEY=$(cat "$folder/storage_secret_key")"
# The provider gives this one: put it in.
keep postmark_token ""
# Where alerts go: the address of a webhook.
keep alert_webhook "http://localhost:9/"
echo "The secrets are in $folder."
