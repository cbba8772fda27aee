#!/bin/sh
# Has the server meet new connections with the certificate that stands in the file now.
set -eu
trap 'exit 0' TERM # the first process of a container ends at no signal by itself
file=/vault/secrets/server.pem
shown=
while :; do
    sleep 20 &
    wait $!
    stands=$(cksum <"$file")
    [ "$stands" = "$shown" ] && continue
    mariadb --defaults-file=/etc/galera/my.cnf --execute="FLUSH LOCAL SSL; SET GLOBAL wsrep_provider_options = 'socket.ssl_reload=1'" || continue
    shown=$stands
    echo "took up a new certificate"
done
