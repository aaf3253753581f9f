#!/bin/sh
# Answers for versitygw in the drill: a Ceph cluster of one monitor, one object store in memory and one S3 gateway, called as versitygw
# is (versitygw posix FOLDER, root's keys in the environment, port 7070, the folders in FOLDER are the buckets).
set -eu
folder=/tmp/ceph
mkdir -p $folder/mon $folder/osd
cd $folder
cluster=$(cat /proc/sys/kernel/random/uuid)
cat >ceph.conf <<CONF
[global]
fsid = $cluster
mon host = [v2:127.0.0.1:3300,v1:127.0.0.1:6789]
mon initial members = a
public addr = 127.0.0.1
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
keyring = $folder/keyring
run dir = $folder
admin socket = $folder/\$name.\$pid.asok
log file =
mon cluster log file =
mon data = $folder/mon
mon data avail crit = 0
osd data = $folder/osd
osd objectstore = memstore
osd class dir = /usr/lib/$(uname -m)-linux-gnu/rados-classes
memstore device bytes = 402653184
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
mon allow pool size one = true
mon max pg per osd = 1000
osd crush chooseleaf type = 0
rgw data = $folder
rgw thread pool size = 32
rgw frontends = beast endpoint=0.0.0.0:7070
CONF
touch keyring
ceph-authtool keyring --gen-key --name client.admin --cap mon 'allow *' --cap osd 'allow *'
ceph-authtool keyring --gen-key --name mon. --cap mon 'allow *'
ceph-authtool keyring --gen-key --name osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
monmaptool --create --fsid "$cluster" --addv a '[v2:127.0.0.1:3300,v1:127.0.0.1:6789]' monmap
ceph-mon --conf ceph.conf --mkfs --id a --monmap monmap --keyring keyring
ceph-mon --conf ceph.conf -f --id a &
store=$(cat /proc/sys/kernel/random/uuid)
ceph --conf ceph.conf osd new "$store"
ceph-osd --conf ceph.conf --mkfs --id 0 --osd-uuid "$store"
ceph-osd --conf ceph.conf -f --id 0 &
radosgw --conf ceph.conf -f --name client.admin &
radosgw-admin --conf ceph.conf user create --uid root --display-name root \
  --access-key "$ROOT_ACCESS_KEY_ID" --secret-key "$ROOT_SECRET_ACCESS_KEY" >/dev/null
for bucket in "$2"/*/; do
  until curl -sf -X PUT --aws-sigv4 aws:amz:us-east-1:s3 -u "$ROOT_ACCESS_KEY_ID:$ROOT_SECRET_ACCESS_KEY" \
    "http://127.0.0.1:7070/$(basename "$bucket")"; do sleep 0.5; done
done
echo "ready"
wait
