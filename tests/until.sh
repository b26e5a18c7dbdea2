#!/usr/bin/env bash
# Runs until the error of the net benefit is at a target (run.target_error) and sees that a run
# stops where the stored draws say it must, worked out here once more from the database; that its
# tables are those of a run of that many draws; and that threads, ranks and being killed change
# nothing.
#
#     until.sh PROGRAM
#
# Status 77 without a sqlite3 program. Ranks are left out when PROGRAM was built without MPI.
set -eu

program=$1
root=$(cd "$(dirname "$0")/.." && pwd)
if ! command -v sqlite3 >/dev/null; then
    echo "no sqlite3 program"
    exit 77
fi
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
target=9
options=(--no-figures --quiet --set students=300 --set run.replicates=2
    --set analysis.sweep_draws=2 --set analysis.sweep_replicates=1
    --set analysis.tornado_replicates=1)

fail() {
    echo "$1"
    exit 1
}

# run FOLDER OPTION...
run() {
    run_name=$1
    shift
    "$program" run "$root/scenarios/friesland.cfg" -o "$temp/$run_name" "${options[@]}" "$@" \
        >"$temp/$run_name.log" 2>&1 || {
        cat "$temp/$run_name.log"
        fail "the run '$run_name' failed"
    }
}

# same ONE TWO: their tables have the same bytes.
same() {
    diff -r "$temp/$1/tables" "$temp/$2/tables" || fail "the tables of '$1' and '$2' differ"
}

# The net benefits: willingness to pay x leavers prevented less extra costs of the decision.
net_benefits="SELECT (SELECT value FROM setting WHERE key = 'analysis.reference_willingness_to_pay')
        * -sum(i.discounted * (i.outcome = 'vsv'))
        - sum(i.discounted * (i.category IS NOT NULL AND o.kind = 0)),
    (SELECT window FROM result r JOIN outcome s ON s.number = r.outcome AND s.name = 'students'
        JOIN design d ON d.number = r.design AND d.name = 'psa'
        WHERE r.point = i.draw AND r.arm = 0)
FROM v_increment i JOIN outcome o ON o.name = i.outcome GROUP BY i.draw ORDER BY i.draw"

# First look whose error is at or below the target, by the textbook formula.
first_enough() {
    sqlite3 -separator ' ' "$temp/$1/results.sqlite" "$net_benefits" | awk -v target="$target" '
        { n++; x = $1; sum += x; squares += x * x; students += $2 }
        n == look || (n == 100 && !look) {
            error = sqrt((squares - sum * sum / n) / (n - 1) / n) / (students / n)
            if (error <= target) { print n, error; exit }
            look = n + int((n + 9) / 10)
            look += (20 - look % 20) % 20
        }'
}

run target -j 2 --until-error "$target" --set run.draws=600
made=$(sqlite3 "$temp/target/results.sqlite" "SELECT n_repeats FROM design WHERE name = 'psa'")
points=$(sqlite3 "$temp/target/results.sqlite" \
    "SELECT count(*) FROM point WHERE design = (SELECT number FROM design WHERE name = 'psa')")
[ "$made" = "$points" ] || fail "$points draws, but the design says $made"
if [ "$made" -le 120 ] || [ "$made" -ge 600 ]; then
    fail "$made draws: this target does not test where a run stops"
fi

# A run of all draws, from which the place is found; and of just as many.
run all -j 2 --set run.draws=600
expected=$(first_enough all)
[ "${expected% *}" = "$made" ] || fail "stopped after $made draws, expected $expected"
tr -s '\n ' ' ' <"$temp/target/summary.txt" | grep -q "that took $made draws, of 600 allowed" ||
    fail "the summary does not tell"
run fixed -j 1 --set run.draws="$made"
same target fixed
echo "stopped after $made draws at ${expected#* }"

# A target that is not reached: all draws, and the summary says so.
run short -j 2 --until-error "$target" --set run.draws=110
[ "$(sqlite3 "$temp/short/results.sqlite" 'SELECT n_repeats FROM design WHERE number = 1')" = 110 ] ||
    fail "not reached, but not all draws made"
tr -s '\n ' ' ' <"$temp/short/summary.txt" | grep -q 'the 110 draws allowed were not enough' ||
    fail "the summary does not tell that the target was not reached"

# Threads and ranks.
run threads -j 7 --until-error "$target" --set run.draws=600
same target threads
if command -v mpirun >/dev/null && ldd "$program" | grep -q libmpi; then
    export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
    export OMPI_MCA_btl=self,vader OMPI_MCA_btl_vader_single_copy_mechanism=none
    export OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_plm=isolated
    ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0 mpirun -n 3 "$program" run \
        "$root/scenarios/friesland.cfg" -o "$temp/ranks" -j 1 "${options[@]}" \
        --until-error "$target" --set run.draws=600 >"$temp/ranks.log" 2>&1 || {
        cat "$temp/ranks.log"
        fail "the run on 3 ranks failed"
    }
    same target ranks
fi

# break_off NAME POINTS OPTION...: kills a run when so many points are there; tries again when it was
# done before, as it can be on a busy machine.
break_off() {
    name=$1
    least=$2
    shift 2
    for _ in $(seq 20); do
        rm -rf "${temp:?}/$name" "${temp:?}/$name.unfinished"
        "$program" run "$root/scenarios/friesland.cfg" -o "$temp/$name" -j 1 "${options[@]}" "$@" \
            >"$temp/$name.log" 2>&1 &
        running=$!
        points=0
        while [ "$points" -lt "$least" ] && kill -0 "$running" 2>/dev/null; do
            sleep 0.02
            points=$(sqlite3 "$temp/$name.unfinished/results.sqlite" 'SELECT count(*) FROM point' \
                2>/dev/null || echo 0)
        done
        kill -KILL "$running" 2>/dev/null || true
        wait "$running" 2>/dev/null || true
        if [ -d "$temp/$name.unfinished" ]; then
            return 0
        fi
    done
    fail "$name: it was always done before it was killed"
}

# Killed within the draws, and after the target was met.
for least in 30 $((made + 3)); do
    break_off "killed$least" "$least" --until-error "$target" --set run.draws=600
    run "killed$least" -j 2 --until-error "$target" --set run.draws=600
    same target "killed$least"
    [ "$(sqlite3 "$temp/killed$least/results.sqlite" 'SELECT resumed FROM run')" = 1 ] ||
        fail "killed$least: it was not gone on with"
done

# Another target is another run.
break_off other 10 --until-error "$target" --set run.draws=600
status=0
"$program" run "$root/scenarios/friesland.cfg" -o "$temp/other" "${options[@]}" --until-error 8 \
    --set run.draws=600 >"$temp/other.log" 2>&1 || status=$?
[ "$status" = 2 ] || fail "another target: status $status, expected 2"
grep -q 'begun with: run.target_error = 9.0; now it is: run.target_error = 8.0' "$temp/other.log" || {
    cat "$temp/other.log"
    fail "another target: another message"
}
