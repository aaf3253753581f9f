#!/bin/sh
# Prometheus, told which address to ask the way a visitor does: PUBLIC_URL, at the proxy. start-prometheus.sh [OPTIONS OF prometheus]
set -eu
host=${PUBLIC_URL#https://}
host=${host%%/*}
port=443
case $host in
*:*) port=${host##*:} host=${host%%:*} ;;
esac
# For these names the proxy is its own authority, which nobody else believes.
module=office
case $host in
localhost | *.localhost) module=office_by_name_only ;;
esac
cat >/tmp/office.json <<JSON
[{
  "targets": ["https://proxy:$port/"],
  "labels": { "instance": "${PUBLIC_URL%/}", "__param_module": "$module", "__param_hostname": "$host" }
}]
JSON
exec prometheus --config.file=/etc/intake/prometheus.yml --storage.tsdb.path=/data --storage.tsdb.retention.time=30d "$@"
