#!/bin/sh
# start.sh CONFIG [OPTION...]: starts a node of the cluster where it stopped; OPTIONs go to the server.
#
# A killed node says its position in the cluster's history only through a recovery run; without it, the node would ask for a copy
# of everything. With FOLDER and PEERS (host:port ...) set, a node that has no history waits for one of the peers to answer,
# or for the file FOLDER/begin, which a person makes once: it begins a cluster, and is gone then.
set -eu
PATH=$PATH:/usr/sbin
config=$1
shift

# Whether some peer is there to join.
peer() {
    for each in $PEERS; do
        socat -T1 /dev/null "TCP:$each,connect-timeout=1" 2>/dev/null && return 0
    done
    return 1
}

# With what is here, be it a backup that was put back; else with an empty database.
begin() {
    if [ ! -d "$data/mysql" ]; then
        rm -rf "$data" "$FOLDER/new"
        users=$(mktemp)
        echo "DELETE FROM mysql.global_priv WHERE User = '';" >"$users"
        mariadb-install-db --no-defaults --datadir="$FOLDER/new" --skip-test-db --skip-name-resolve --extra-file="$users" \
            --auth-root-authentication-method=socket --auth-root-socket-user=mysql
        rm "$users"
        mv "$FOLDER/new" "$data"
    elif [ -s "$data/grastate.dat" ]; then
        sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$data/grastate.dat"
    fi
    rm "$FOLDER/begin"
}

if [ -n "${FOLDER:-}" ]; then
    data=$FOLDER/data
    mkdir -p "$data"
    if [ ! -s "$data/grastate.dat" ]; then
        echo "no history here: waiting for one of $PEERS, or for $FOLDER/begin"
        trap 'exit 143' TERM
        until [ -e "$FOLDER/begin" ] || peer; do sleep 1; done
        trap - TERM
    fi
    if [ -e "$FOLDER/begin" ]; then
        begin
        set -- --wsrep-new-cluster "$@"
    fi
fi

log=$(mktemp)
mariadbd --defaults-file="$config" --wsrep-recover --log-error="$log" >/dev/null 2>&1 || true
position=$(sed -n 's/.*Recovered position: *//p' "$log" | tail -n 1)
rm "$log"
case $position in "" | 00000000-*) position= ;; esac
echo "position in the history: ${position:-none}"
exec mariadbd --defaults-file="$config" ${position:+--wsrep_start_position=$position} "$@"
