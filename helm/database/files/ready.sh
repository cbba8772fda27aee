#!/bin/sh
# Whether this node takes writes: it is one of the majority, and has caught up with it.
set -eu
state=$(mariadb --defaults-file=/etc/galera/my.cnf --batch --skip-column-names --connect-timeout=2 \
    --execute="SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_ready'")
[ "$state" = ON ]
rm -f /var/lib/mysql/begin # who serves has nothing to begin
