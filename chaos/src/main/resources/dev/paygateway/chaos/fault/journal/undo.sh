#!/bin/sh
# Undoes what a fault's journal says, the last step first. It may be run as often as one likes, by
# the runner, by the guardian and by hand: one at a time, and what was undone stays undone.
# usage: undo.sh FOLDER
cd "$1" || exit 1
exec 9>lock
flock 9
[ -e undone ] && exit 0
failed=0
tac steps >steps.reversed
while IFS= read -r step; do
    # Without the lock: what a step starts may live longer than this script.
    if ! timeout 300 sh -c "$step" </dev/null >>undo.log 2>&1 9>&-; then
        echo "failed: $step" >>undo.log
        failed=1
    fi
done <steps.reversed
[ $failed = 0 ] && : >undone
exit $failed
