#!/usr/bin/env bash
# Breaks runs off in every way and sees that the same command goes on with them, and that the end is
# the same, byte for byte, as that of a run that was never disturbed.
#
#     resume.sh PROGRAM [KILLS]
#
# KILLS (20) is how often a run is killed at a random moment.
set -eu

program=$1
kills=${2:-20}
root=$(cd "$(dirname "$0")/.." && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
RANDOM=20 # the moments are the same every time

# Every analysis, with small numbers, but draws enough to break off within one.
options=(--no-figures --quiet -j 2 --set students=100 --set run.draws=150 --set run.replicates=3
    --set analysis.sweep_draws=2 --set analysis.sweep_replicates=1
    --set analysis.tornado_replicates=1)

# start FOLDER OPTION...: begins or goes on with the run FOLDER/run.
start() {
    start_in=$temp/$1
    shift
    mkdir -p "$start_in"
    cd "$start_in"
    exec "$program" run "$root/scenarios/friesland.cfg" -o run "${options[@]}" "$@"
}

fail() {
    echo "$1"
    exit 1
}

# finish FOLDER: goes on to the end.
finish() {
    (start "$1") >"$temp/$1.log" 2>&1 || {
        cat "$temp/$1.log"
        fail "$1: the run did not end well"
    }
}

# same FOLDER: tables, summary and stored results are those of the undisturbed run.
same() {
    diff -r "$temp/whole/run/tables" "$temp/$1/run/tables" || fail "$1: the tables differ"
    diff "$temp/whole/run/summary.txt" "$temp/$1/run/summary.txt" || fail "$1: the summaries differ"
    if [ ! -s "$temp/whole.dump" ]; then
        return 0
    fi
    stored "$1" >"$temp/$1.dump"
    cmp "$temp/whole.dump" "$temp/$1.dump" || fail "$1: the stored results differ"
}

# stored FOLDER: all results as text, when there is a sqlite3 program.
stored() {
    if command -v sqlite3 >/dev/null; then
        sqlite3 "$temp/$1/run/results.sqlite" '.dump design design_group arm point draw_value result result_by_year'
    fi
}

# stop_after FOLDER SIGNAL SECONDS: begins or goes on, sends a signal; the status goes to $status.
stop_after() {
    (start "$1") >"$temp/$1.log" 2>&1 &
    stop_pid=$!
    sleep "$3"
    kill "-$2" "$stop_pid" 2>/dev/null || true
    status=0
    wait "$stop_pid" 2>/dev/null || status=$?
}

begin=$(date +%s%N)
finish whole
length=$((($(date +%s%N) - begin) / 1000000)) # milliseconds
stored whole >"$temp/whole.dump"

# Killed at random moments, a few times per run, until there were enough; moments are spread over
# the whole length because a run goes on where it was.
killed=0
round=0
within=0
while [ "$killed" -lt "$kills" ]; do
    round=$((round + 1))
    while [ ! -d "$temp/kill$round/run" ] && [ "$killed" -lt "$kills" ]; do
        moment=$((RANDOM * length * 2 / 3 / 32768))
        stop_after "kill$round" KILL "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
        if [ "$status" = 137 ]; then
            killed=$((killed + 1))
        elif [ "$status" != 0 ]; then
            cat "$temp/kill$round.log"
            fail "a run that was gone on with ended with status $status"
        fi
        if [ -f "$temp/kill$round/run.unfinished/results.sqlite" ]; then
            within=$((within + 1))
        fi
    done
    if [ ! -d "$temp/kill$round/run" ]; then
        finish "kill$round"
    fi
    [ ! -e "$temp/kill$round/run.unfinished" ] || fail "kill$round: an unfinished folder is left"
    same "kill$round"
done
[ "$within" -gt 0 ] || fail "no run was killed while it had results"
echo "killed $killed times in $round runs of $length ms, $within times with results"

# Killed at the very end, when the database is marked finished and the folder has no name yet.
mkdir "$temp/end"
cp -R "$temp/whole/run" "$temp/end/run.unfinished"
finish end
same end

# Ctrl-C and the polite request to end: status 130, and the run says what to do. Bash lets a program
# in the background ignore Ctrl-C, so that `timeout` sends the signals.
for signal in TERM INT; do
    half=$(printf '%d.%03d' $((length / 2000)) $((length / 2 % 1000)))
    status=0
    (
        cd "$temp"
        mkdir "$signal"
        cd "$signal"
        timeout --foreground --preserve-status -s "$signal" "$half" "$program" run \
            "$root/scenarios/friesland.cfg" -o run "${options[@]}"
    ) >"$temp/$signal.log" 2>&1 || status=$?
    if [ "$status" = 0 ]; then
        continue # it was done before the signal came
    fi
    [ "$status" = 130 ] || fail "SIG$signal: status $status, expected 130"
    grep -q 'the same command goes on with it' "$temp/$signal.log" || fail "SIG$signal: no advice"
    finish "$signal"
    same "$signal"
done

# A disk that is full, again and again: a limit on the size of files, which grows. What was committed
# stays; how much that is depends on the moment of the last commit, so only a growth of most of the
# run is sure to hold one.
size=0
begun=0
for limit in 700 4400 8800; do
    status=0
    (
        trap '' XFSZ
        ulimit -f "$limit"
        start full
    ) >"$temp/full.log" 2>&1 || status=$?
    [ "$status" = 4 ] || fail "full disk ($limit): status $status, expected 4"
    grep -q 'results.sqlite: result database: ' "$temp/full.log" || fail "full disk: no message"
    now=$(wc -c <"$temp/full/run.unfinished/results.sqlite")
    [ "$now" -ge "$size" ] || fail "full disk ($limit): something was lost"
    [ "$begun" != 0 ] || begun=$now
    size=$now
done
[ "$size" -gt "$begun" ] || fail "full disk: nothing was added"
finish full
same full
