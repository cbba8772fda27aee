#!/bin/sh
# Heals a fault when its runner is gone or its time is over; a session of its own, so that whatever
# ends the runner does not end it.
# usage: guardian.sh FOLDER RUNNER_PID SECONDS FAULT_LOG
echo $$ >"$1/guardian.pid"
timeout "$3" tail --pid="$2" -s 0.2 -f /dev/null
event=failed
for attempt in 1 2 3 4 5; do
    if sh "$1/undo.sh" "$1"; then
        event=healed
        break
    fi
    sleep 1
done
# Whoever makes the folder tells of it, and nobody else.
mkdir "$1/told" 2>/dev/null || exit 0
sed -e "s/@EVENT@/$event/" -e "s/@AT@/$(date -u +%FT%T.%3NZ)/" "$1/ending.json" >>"$4"
