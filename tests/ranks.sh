#!/usr/bin/env bash
# Runs on several processes with mpirun and sees that tables are those of one process, byte for byte;
# that a process that dies, or that cannot read its input, ends the run with one clear message; and
# that the run is then gone on with.
#
#     ranks.sh PROGRAM [WITHOUT]
#
# WITHOUT is a program built without MPI. Status 77 when PROGRAM was built without MPI or there is no
# mpirun.
set -eu

program=$1
without=${2:-}
root=$(cd "$(dirname "$0")/.." && pwd)
scenario=$root/scenarios/friesland.cfg
if ! command -v mpirun >/dev/null || ! ldd "$program" | grep -q 'libmpi'; then
    echo "no mpirun, or a program without MPI"
    exit 77
fi
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# More ranks than processors, as any user, on this machine only; Open MPI's own words are no matter.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_btl=self,vader OMPI_MCA_btl_vader_single_copy_mechanism=none
export OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_plm=isolated
# What MPI keeps to the end is in modules that are gone by then, and cannot be told from our own.
export ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0

options=(--no-figures --quiet --set students=200 --set run.draws=41 --set run.replicates=3
    --set analysis.sweep_draws=3 --set analysis.sweep_replicates=1
    --set analysis.tornado_replicates=1)

fail() {
    echo "$1"
    shift
    for fail_log in "$@"; do
        sed "s|^|  |" "$fail_log"
    done
    exit 1
}

# same FOLDER: its tables are those of one process.
same() {
    diff -r "$temp/one/tables" "$temp/$1/tables" || fail "$1: the tables differ"
}

"$program" run "$scenario" -o "$temp/one" -j 1 "${options[@]}" >"$temp/log" 2>&1 ||
    fail "one process" "$temp/log"

# Ranks and threads.
for shape in 1:1 2:1 3:2 7:1; do
    ranks=${shape%:*}
    threads=${shape#*:}
    mpirun -n "$ranks" "$program" run "$scenario" -o "$temp/ranks$ranks" -j "$threads" \
        "${options[@]}" >"$temp/log" 2>"$temp/err" || fail "$ranks ranks" "$temp/log" "$temp/err"
    same "ranks$ranks"
    [ ! -s "$temp/err" ] || fail "$ranks ranks: something was said" "$temp/err"
    [ "$(grep -c 'Friesland College' "$temp/log")" = \
        "$(grep -c 'Friesland College' "$temp/one/summary.txt")" ] ||
        fail "$ranks ranks: not one summary" "$temp/log"
done

# once TEXT FILE: the text is there once.
once() {
    [ "$(grep -c -e "$1" "$2")" = 1 ] || fail "not said once: $1" "$2"
}

# Wrong input: one message, status 2, nothing written.
status=0
mpirun -n 3 "$program" run "$scenario" -o "$temp/wrong" --set acept_team=0.5 >"$temp/log" \
    2>"$temp/err" || status=$?
[ "$status" = 2 ] || fail "wrong input: status $status" "$temp/err"
once 'did you mean' "$temp/err"
status=0
mpirun -n 3 "$program" run "$scenario" --bogus >"$temp/log" 2>"$temp/err" || status=$?
[ "$status" = 2 ] || fail "wrong option: status $status" "$temp/err"
once 'an option is not known' "$temp/err"
if [ -e "$temp/wrong" ] || [ -e "$temp/wrong.unfinished" ]; then
    fail "wrong input wrote something"
fi

# One rank alone cannot read the scenario, or reads another one.
cat >"$temp/rank" <<'END'
#!/bin/sh
# rank OTHER PROGRAM run SCENARIO ARGUMENT...: rank 2 gets OTHER in the place of SCENARIO.
other=$1 program=$2 command=$3 scenario=$4
shift 4
[ "$OMPI_COMM_WORLD_RANK" != 2 ] || scenario=$other
exec "$program" "$command" "$scenario" "$@"
END
chmod +x "$temp/rank"
for other in "$temp/missing.cfg:4:rank 2 on .*missing.cfg\|missing.cfg: rank 2 on" \
    "$root/scenarios/deltion.cfg:2:rank 2 on .* is another scenario"; do
    file=${other%%:*}
    rest=${other#*:}
    status=0
    mpirun -n 4 "$temp/rank" "$file" "$program" run "$scenario" -o "$temp/wrong" \
        "${options[@]}" >"$temp/log" 2>"$temp/err" || status=$?
    [ "$status" = "${rest%%:*}" ] || fail "$file: status $status" "$temp/err"
    once "${rest#*:}" "$temp/err"
    [ "$(grep -c '^keasim: ' "$temp/err")" = 1 ] || fail "more than one message" "$temp/err"
done

# A rank that dies ends the run; one process goes on with it. The rank writes its number of process
# down, and is killed when the database is there.
cat >"$temp/note" <<'END'
#!/bin/sh
echo $$ >"$1.$OMPI_COMM_WORLD_RANK"
shift
exec "$@"
END
chmod +x "$temp/note"
for dying in 2 0; do
    folder=$temp/dying$dying
    mpirun -n 3 "$temp/note" "$temp/pid" "$program" run "$scenario" -o "$folder" -j 1 \
        "${options[@]}" --set run.draws=1500 >"$temp/log" 2>"$temp/err" &
    launcher=$!
    for _ in $(seq 600); do
        [ ! -s "$folder.unfinished/results.sqlite" ] || break
        sleep 0.05
    done
    sleep 1
    kill -KILL "$(cat "$temp/pid.$dying")"
    status=0
    wait "$launcher" || status=$?
    [ "$status" != 0 ] || fail "rank $dying died, and the run went on" "$temp/err"
    grep -q "rank $dying .*signal 9" "$temp/err" || fail "rank $dying died unseen" "$temp/err"
    [ "$dying" = 0 ] || once 'keasim: a rank of this run no longer answers' "$temp/err"
    [ "$dying" = 0 ] || once 'keasim: what was done is safe in .*; the same command goes on' "$temp/err"
    if [ -e "$folder" ] || [ ! -s "$folder.unfinished/results.sqlite" ]; then
        fail "rank $dying died: no unfinished run" "$temp/err"
    fi
    "$program" run "$scenario" -o "$folder" -j 2 "${options[@]}" --set run.draws=1500 \
        >"$temp/log" 2>&1 || fail "rank $dying died: not gone on with" "$temp/log"
done
"$program" run "$scenario" -o "$temp/long" -j 2 "${options[@]}" --set run.draws=1500 \
    >"$temp/log" 2>&1 || fail "the long run" "$temp/log"
for dying in 2 0; do
    diff -r "$temp/long/tables" "$temp/dying$dying/tables" || fail "dying$dying: the tables differ"
done

# mpirun itself is asked to end.
mpirun -n 3 "$program" run "$scenario" -o "$temp/ended" -j 1 "${options[@]}" --set run.draws=1500 \
    >"$temp/log" 2>"$temp/err" &
launcher=$!
for _ in $(seq 600); do
    [ ! -s "$temp/ended.unfinished/results.sqlite" ] || break
    sleep 0.05
done
sleep 0.5
kill -TERM "$launcher"
wait "$launcher" && fail "mpirun was ended, and the run went on" "$temp/err"
once 'keasim: interrupted: ' "$temp/err"
once 'the same command goes on with it' "$temp/err"
mpirun -n 2 "$program" run "$scenario" -o "$temp/ended" -j 1 "${options[@]}" --set run.draws=1500 \
    >"$temp/log" 2>"$temp/err" || fail "ended: not gone on with" "$temp/err"
diff -r "$temp/long/tables" "$temp/ended/tables" || fail "ended: the tables differ"

# The batch file for Slurm, as Slurm would start it; asked to end, it ends the run in order.
KEASIM=$program SLURM_SUBMIT_DIR=$root SLURM_NTASKS=2 bash "$root/scripts/slurm" "$scenario" \
    -o "$temp/batch" "${options[@]}" >"$temp/log" 2>"$temp/err" || fail "batch" "$temp/err"
same batch
KEASIM=$program SLURM_NTASKS=2 bash "$root/scripts/slurm" "$scenario" -o "$temp/batch2" \
    "${options[@]}" --set run.draws=1500 >"$temp/log" 2>"$temp/err" &
batch=$!
for _ in $(seq 600); do
    [ ! -s "$temp/batch2.unfinished/results.sqlite" ] || break
    sleep 0.05
done
sleep 0.5
kill -TERM "$batch"
wait "$batch" && fail "the batch file was ended, and the run went on" "$temp/err"
once 'the same command goes on with it' "$temp/err"

# Built without MPI: alone it works, among others it says what is wrong.
if [ -n "$without" ]; then
    status=0
    mpirun -n 2 "$without" run "$scenario" -o "$temp/wrong" >"$temp/log" 2>"$temp/err" || status=$?
    [ "$status" = 2 ] || fail "without MPI: status $status" "$temp/err"
    grep -q 'was built without MPI' "$temp/err" || fail "without MPI: no message" "$temp/err"
    "$without" run "$scenario" -o "$temp/without" -j 2 "${options[@]}" >"$temp/log" 2>&1 ||
        fail "without MPI" "$temp/log"
    same without
    if ldd "$without" | grep -q libmpi; then
        fail "the program without MPI has MPI"
    fi
fi
