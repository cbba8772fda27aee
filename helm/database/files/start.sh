#!/bin/sh
# start.sh CONFIG [OPTION...]: starts a node of the cluster where it stopped; OPTIONs go to the server.
#
# A killed node says its position in the cluster's history only through a recovery run; without it, the node would ask for a copy
# of everything.
#
# With FOLDER and PEERS (host:port of nodes that hold data) set, a node that has no history waits for one of the peers to answer, or
# for the file FOLDER/begin, which a person makes: it begins a cluster with what is here, or, if the file says "new", with an empty
# database. The file is gone once it was read, or once this node serves (ready.sh), and counts for ten minutes.
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

# Whether a person told this node to begin, just now, and it can.
told() {
    [ -e "$FOLDER/begin" ] || return 1
    word=$(cat "$FOLDER/begin")
    age=$(($(date +%s) - $(stat -c %Y "$FOLDER/begin")))
    rm "$FOLDER/begin"
    why=
    [ "$age" -lt 600 ] || why="it is $age s old"
    case $word in
    new) [ ! -d "$data/mysql" ] || why="a new database, where there is one" ;;
    *)
        [ -d "$data/mysql" ] || why="there is nothing here to begin with"
        ! unsafe || why="this node's copy is marked as not whole"
        ;;
    esac
    [ -z "$why" ] || echo "refused: begin: $why"
    [ -z "$why" ]
}

# Whether the server itself has marked what is here: a copy that did not end, or one that differed from the others'.
unsafe() {
    grep -q '^uuid: *00000000-' "$data/grastate.dat" 2>/dev/null
}

empty_database() {
    users=$(mktemp)
    echo "DELETE FROM mysql.global_priv WHERE User = '';" >"$users"
    rm -rf "$FOLDER/new"
    mariadb-install-db --no-defaults --datadir="$FOLDER/new" --skip-test-db --skip-name-resolve --extra-file="$users" \
        --auth-root-authentication-method=socket --auth-root-socket-user=mysql
    rm "$users"
    rmdir "$data" 2>/dev/null || mv "$data" "$FOLDER/aside-$(date +%s)"
    mv "$FOLDER/new" "$data"
}

if [ -n "${FOLDER:-}" ]; then
    data=$FOLDER/data
    mkdir -p "$data"
    trap 'exit 143' TERM # the first process of a container ends at no signal by itself
    begins=
    if told; then begins=yes; fi
    if [ -z "$begins" ] && [ ! -s "$data/grastate.dat" ]; then
        echo "no history here: waiting for one of $PEERS, or for $FOLDER/begin"
        until peer; do
            if told; then
                begins=yes
                break
            fi
            sleep 1
        done
    fi
    trap - TERM
    if [ -n "$begins" ]; then
        [ -d "$data/mysql" ] || empty_database
        [ ! -s "$data/grastate.dat" ] || sed -i 's/^safe_to_bootstrap:.*/safe_to_bootstrap: 1/' "$data/grastate.dat"
        set -- --wsrep-new-cluster "$@"
    elif unsafe; then
        echo "marked as not whole: never to begin with"
    fi
fi

log=$(mktemp)
mariadbd --defaults-file="$config" --wsrep-recover --log-error="$log" >/dev/null 2>&1 || true
position=$(sed -n 's/.*Recovered position: *//p' "$log" | tail -n 1)
rm "$log"
case $position in "" | 00000000-*) position= ;; esac
echo "position in the history: ${position:-none}"
exec mariadbd --defaults-file="$config" ${position:+--wsrep_start_position=$position} "$@"
