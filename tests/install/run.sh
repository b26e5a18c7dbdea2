#!/usr/bin/env bash
# Installs into an empty folder and uses what is there: the program from another folder, and the
# library from a stranger's C file, found through pkg-config and through CMake.
#
#     run.sh BUILD VERSION COMPILER
set -eu

build=$1
version=$2
compiler=$3
here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
prefix=$temp/prefix

cmake --install "$build" --prefix "$prefix" >"$temp/log" || {
    cat "$temp/log"
    exit 1
}

# is_there PATH: it lies below the prefix.
is_there() {
    if [ ! -e "$prefix/$1" ]; then
        echo "not installed: $1"
        exit 1
    fi
}
is_there share/man/man1/keasim.1
is_there share/keasim/scenarios/friesland.cfg
is_there share/keasim/models
is_there share/locale/nl/LC_MESSAGES/keasim.mo
is_there include/keasim/sim/core/rng.h

mkdir "$temp/elsewhere"
cd "$temp/elsewhere"
found=$("$prefix/bin/keasim" --version)
if ! grep -q "$version" <<<"$found"; then
    echo "the installed program says '$found', expected $version"
    exit 1
fi
"$prefix/bin/keasim" check "$prefix/share/keasim/scenarios/friesland.cfg" >"$temp/log" 2>&1 || {
    echo "the installed program does not accept the installed scenario:"
    cat "$temp/log"
    exit 1
}

if grep -q '^KEA_SANITIZE:STRING=.' "$build/CMakeCache.txt"; then
    echo "with sanitizers a stranger's program is not built"
    exit 0
fi

library=$(dirname "$(find "$prefix" -name libkeasim.a)")
export PKG_CONFIG_PATH="$library/pkgconfig"
# the words of pkg-config are several arguments
# shellcheck disable=SC2046
"$compiler" -std=c17 "$here/stranger.c" -o stranger $(pkg-config --cflags --libs keasim)
./stranger

if ! { cmake -S "$here" -B cmake -G Ninja -DCMAKE_C_COMPILER="$compiler" \
    -DCMAKE_PREFIX_PATH="$prefix" && cmake --build cmake; } >"$temp/log" 2>&1; then
    cat "$temp/log"
    exit 1
fi
cmake/stranger
