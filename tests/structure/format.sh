#!/usr/bin/env bash
# Checks that every C file stands as clang-format writes it; status 77 without
# version 14 of it: other versions lay out some things in another way.
#
#     format.sh [ROOT]
set -eu

root=${1:-$(cd "$(dirname "$0")/../.." && pwd)}
cd "$root"
program=clang-format-14
command -v "$program" >/dev/null || program=clang-format
if ! "$program" --version 2>/dev/null | grep -q 'version 14\.'; then
    echo "clang-format 14 is not installed"
    exit 77
fi
find sim models tests -type f \( -name '*.c' -o -name '*.h' \) -print0 | LC_ALL=C sort -z |
    xargs -0 "$program" --dry-run --Werror
