#!/usr/bin/env bash
# Sees that layers.sh finds a breach of each kind, in a copy of the sources.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
failed=0

# expect_breach NAME FILE LINE PATTERN: LINE added to FILE of a fresh copy is reported as PATTERN.
expect_breach() {
    rm -rf "$temp/copy"
    mkdir "$temp/copy"
    cp -R "$root/sim" "$root/models" "$temp/copy"
    mkdir -p "$(dirname "$temp/copy/$2")"
    printf '%s\n' "$3" >>"$temp/copy/$2"
    if out=$("$here/layers.sh" "$temp/copy" 2>&1); then
        echo "$1: not caught"
        failed=1
    elif ! grep -q -- "$4" <<<"$out"; then
        echo "$1: another message than expected: $out"
        failed=1
    fi
}

expect_breach 'upwards' sim/core/planted.c '#include "sim/engine/run.h"' \
    'core must not include engine'
expect_breach 'analysis runs nothing' sim/analysis/planted.c '#  include "sim/engine/model.h"' \
    'analysis must not include engine'
expect_breach 'report reads no store' sim/report/planted.h '#include "sim/store/store.h"' \
    'report must not include store'
expect_breach 'a model sees one header of inputs' models/mbo/planted.c \
    '#include "sim/inputs/problem.h"' 'models must not include inputs'
expect_breach 'a new folder' sim/planted/planted.c '#include "sim/core/status.h"' 'no place'
expect_breach 'relative path' sim/core/planted.c '#include "../engine/run.h"' 'from the root'
expect_breach 'MPI elsewhere' sim/engine/run.c '#include <mpi.h>' 'ranks.c only'

for header in libconfig.h sqlite3.h plplot/plplot.h mpi.h libintl.h; do
    expect_breach "$header in a header" sim/cli/planted.h "#include <$header>" \
        'one source file\|ranks.c only'
    mkdir -p "$temp/two"
    rm -rf "$temp/two/sim" "$temp/two/models"
    cp -R "$root/sim" "$root/models" "$temp/two"
    echo "#include <$header>" >"$temp/two/sim/cli/planted_one.c"
    echo "#include <$header>" >"$temp/two/sim/cli/planted_two.c"
    if "$here/layers.sh" "$temp/two" >/dev/null 2>&1; then
        echo "$header in two source files: not caught"
        failed=1
    fi
done
exit "$failed"
