#!/usr/bin/env bash
# Checks that a run gives the same tables, byte for byte, whatever the threads and the compiler.
#
#     reproducible.sh [--compilers] PROGRAM [OTHER]
#
# Without --compilers: PROGRAM with one thread, with two and with three. With it: PROGRAM against
# OTHER, the same program made by another compiler (or $KEA_OTHER_PROGRAM; status 77 when neither is
# given).
set -eu

compilers=0
if [ "$1" = --compilers ]; then
    compilers=1
    shift
fi
program=$1
other=${2:-${KEA_OTHER_PROGRAM:-}}
root=$(cd "$(dirname "$0")/.." && pwd)
scenario=${KEA_SCENARIO:-$root/scenarios/friesland.cfg}
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# Every analysis, with small numbers: equality of bytes needs no large ones.
settings=(--no-figures --set students=1000 --set run.draws=16 --set run.replicates=2
    --set analysis.sweep_draws=2 --set analysis.sweep_replicates=1
    --set analysis.tornado_replicates=1)

# run_tables NAME PROGRAM THREADS: a run into $temp/NAME.
run_tables() {
    if ! "$2" run "$scenario" --output "$temp/$1" -j "$3" "${settings[@]}" >"$temp/$1.log" 2>&1; then
        echo "the run '$1' failed:"
        cat "$temp/$1.log"
        exit 1
    fi
    if ! ls "$temp/$1"/tables/*.csv >/dev/null 2>&1; then
        echo "the run '$1' wrote no tables"
        exit 1
    fi
}

# compare ONE TWO: their tables have the same names and bytes.
compare() {
    if ! diff -r "$temp/$1/tables" "$temp/$2/tables"; then
        echo "the tables of '$1' and '$2' differ"
        exit 1
    fi
}

if [ "$compilers" = 1 ] && [ -z "$other" ]; then
    echo "no second program; set KEA_OTHER_PROGRAM"
    exit 77
fi
run_tables one "$program" 1
if [ "$compilers" = 1 ]; then
    run_tables other "$other" 2
    compare one other
else
    run_tables two "$program" 2
    run_tables three "$program" 3
    compare one two
    compare one three
    # the comparison itself can fail: another seed gives other tables
    settings+=(--set run.seed=20)
    run_tables seed "$program" 2
    if diff -r "$temp/one/tables" "$temp/seed/tables" >/dev/null; then
        echo "another seed gave the same tables"
        exit 1
    fi
fi
