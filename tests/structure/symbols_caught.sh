#!/usr/bin/env bash
# Sees that symbols.sh finds a breach of each kind, and nothing in a clean object.
#
#     symbols_caught.sh COMPILER
set -eu

compiler=${1:-cc}
here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
failed=0

# look FILE CODE: compiles CODE as FILE and lets symbols.sh look at it; its words go to $temp/out.
look() {
    object="$temp/planted.dir/$1.o"
    mkdir -p "$(dirname "$object")"
    printf '%s\n' "$2" >"$temp/planted.c"
    "$compiler" -std=c17 -O1 -fno-builtin -c "$temp/planted.c" -o "$object"
    printf '%s\n' "$object" >"$temp/objects"
    "$here/symbols.sh" "$temp/objects" "$temp" >"$temp/out" 2>&1
}

# expect_breach PATTERN FILE CODE
expect_breach() {
    if look "$2" "$3"; then
        echo "not caught ($1): $3"
        failed=1
    elif ! grep -q -- "$1" "$temp/out"; then
        echo "another message than expected ($1):"
        cat "$temp/out"
        failed=1
    fi
}

# expect_clean FILE CODE
expect_clean() {
    if ! look "$1" "$2"; then
        echo "caught without reason: $2"
        cat "$temp/out"
        failed=1
    fi
}

expect_clean sim/core/a.c \
    'static const int three[] = {1, 2, 3};
     const char *const kea_a[] = {"a", "b"};
     static int own(int i) { return three[i]; }
     int kea_b(int i) { return own(i); }'
expect_clean models/mbo/a.c 'int mbo_a(void) { return 1; } int kea_mbo(void) { return mbo_a(); }'
expect_clean sim/report/a.c \
    '#include <stdio.h>
     void kea_write(FILE *file, int i) { fprintf(file, "%d\n", i); }'

expect_breach 'offers helper' sim/core/a.c 'int helper(void) { return 1; }'
expect_breach 'offers mbo_a' sim/core/a.c 'int mbo_a(void) { return 1; }'
expect_breach 'offers table' sim/core/a.c 'const int table[] = {1, 2};'
expect_breach 'global count can be changed' sim/core/a.c \
    'static int count; int kea_a(void) { return ++count; }'
expect_breach 'global kea_count can be changed' sim/core/a.c 'int kea_count = 3;'
expect_breach 'global kea_names can be changed' sim/core/a.c 'const char *kea_names[] = {"a"};'
expect_breach 'global .*memory.* can be changed' sim/core/a.c \
    'int kea_a(void) { static int memory = 1; return ++memory; }'
expect_breach 'global own can be changed' sim/core/a.c \
    'static _Thread_local int own; int kea_a(void) { return ++own; }'
for call in 'printf("a")' 'puts("a")' 'fputs("a", stderr)' 'exit(1)' 'abort()' 'getenv("A")' \
    'time(NULL)' 'clock()'; do
    name=${call%%(*}
    if [ "$name" = fputs ]; then
        name=stderr
    fi
    expect_breach "calls $name" sim/core/a.c \
        "#include <stdio.h>
         #include <stdlib.h>
         #include <time.h>
         void kea_a(void) { $call; }"
done
exit "$failed"
