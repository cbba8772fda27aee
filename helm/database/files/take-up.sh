#!/bin/sh
# Has the server meet new connections with the certificates that stand in the files now: members first, since a node that is cut off takes
# no FLUSH.
set -eu
trap 'exit 0' TERM # the first process of a container ends at no signal by itself
shown=
while :; do
    sleep 20 &
    wait $!
    stands=$(cat /vault/secrets/server.pem /vault/secrets/member.pem /vault/secrets/members.pem | cksum)
    [ "$stands" = "$shown" ] && continue
    mariadb --defaults-file=/etc/galera/my.cnf --execute="SET GLOBAL wsrep_provider_options = 'socket.ssl_reload=1'; FLUSH LOCAL SSL" || continue
    shown=$stands
    echo "took up new certificates"
done
