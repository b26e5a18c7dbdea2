#!/usr/bin/env bash
# Sees that sizes.sh finds what is too long, and leaves alone what is just not.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
mkdir -p "$temp/sim" "$temp/models" "$temp/tests"
failed=0

# lines N TEXT: TEXT, N times.
lines() {
    for ((i = 0; i < $1; i++)); do
        printf '%s\n' "$2"
    done
}

# check PATTERN: what stands in $temp/sim is reported as PATTERN; an empty one means not at all.
check() {
    if out=$("$here/sizes.sh" "$temp" 2>&1); then
        if [ -n "$1" ]; then
            echo "not caught: $1"
            failed=1
        fi
    elif [ -z "$1" ] || ! grep -q -- "$1" <<<"$out"; then
        echo "expected '$1', found: $out"
        failed=1
    fi
    rm -f "$temp"/sim/*
}

head=$(printf 'int kea_a(int a,\n          int (*b)(int, int))\n{')
{ echo "$head"; lines 56 '    a++;'; echo '}'; } >"$temp/sim/a.c"
check ''
{ echo "$head"; lines 57 '    a++;'; echo '}'; } >"$temp/sim/a.c"
check 'a.c:1: kea_a has 61 lines'
printf 'int kea_b(int a, int b, int c, int d,\n          int e, int f, int g)\n{\n}\n' >"$temp/sim/a.c"
check ''
printf 'int kea_b(int a, int b, int c, int d,\n   int e, int f, int g, int h)\n{\n}\n' >"$temp/sim/a.c"
check 'kea_b takes 8 parameters'
lines 500 '/* */' >"$temp/sim/a.c"
check ''
lines 501 '/* */' >"$temp/sim/a.c"
check 'a.c: 501 lines'
lines 201 '/* */' >"$temp/sim/a.h"
check 'a.h: 201 lines'
exit "$failed"
